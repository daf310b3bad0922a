import { InvokeCommand, type InvokeCommandOutput, type LambdaClient } from '@aws-sdk/client-lambda';
import type { ModelRef, Sentiment } from '@barometer/events';
import type { SentimentClassifier } from '@barometer/sentiment';
import { AnalysisError } from './analysis-error';
import { analyzeAnswerSchema, type AnalyzeEvent } from './analyze-messages';

export interface LambdaClassifierOptions {
  readonly client: Pick<LambdaClient, 'send'>;
  /** Name or ARN of the Analysis function. */
  readonly functionName: string;
  /** For one `classify`, in milliseconds: enough for a cold start of the function, less than the caller's own limit. */
  readonly timeLimitMs: number;
  /** Called with one line for every unusable answer. */
  readonly log?: (line: string) => void;
}

/** An invocation carries at most 6 MB in either direction; an answer takes less than 300 bytes a text. */
const MAX_PAYLOAD = 5 * 1024 * 1024;
const MAX_TEXTS = 5_000;

/**
 * Classifies by invoking the Analysis function, for functions that have no model of their own.
 *
 * @example
 * const classifier = new LambdaClassifier({ client: new LambdaClient(), functionName: 'barometer-dev-analysis', timeLimitMs: 15_000 });
 * const [sentiment] = await classifier.classify(['Ceasefire holds for a second week']);
 */
export class LambdaClassifier implements SentimentClassifier {
  private answered: ModelRef | undefined;

  constructor(private readonly options: LambdaClassifierOptions) {}

  /** The model of the last answer; before the first one, the function's name and "not asked yet". */
  get model(): ModelRef {
    return this.answered ?? { id: this.options.functionName, revision: 'not asked yet' };
  }

  /** Whether `model` is known. */
  get hasAnswered(): boolean {
    return this.answered !== undefined;
  }

  /** Does nothing: the function loads its model itself, on the first call. */
  async ready(): Promise<void> {}

  /** @throws AnalysisError; the client's own error where the function is missing, denied or unreachable */
  async classify(texts: readonly string[]): Promise<readonly Sentiment[]> {
    try {
      return await this.ask(texts);
    } catch (error) {
      if (error instanceof AnalysisError) this.options.log?.(error.message);
      throw error;
    }
  }

  private async ask(texts: readonly string[]): Promise<readonly Sentiment[]> {
    const limit = AbortSignal.timeout(this.options.timeLimitMs);
    const sentiments: Sentiment[] = [];
    for (const payload of payloadsOf(texts)) sentiments.push(...(await this.invoke(payload, limit)));
    if (sentiments.length !== texts.length)
      throw new AnalysisError('unreadable', `${this.options.functionName} answered ${sentiments.length} sentiments for ${texts.length} texts.`);
    this.answered = sentiments[0]?.model ?? this.answered;
    return sentiments;
  }

  private async invoke(payload: string, limit: AbortSignal): Promise<readonly Sentiment[]> {
    const { functionName, client, timeLimitMs } = this.options;
    const command = new InvokeCommand({ FunctionName: functionName, Payload: Buffer.from(payload) });
    const answer = await client.send(command, { abortSignal: limit }).catch((error: unknown) => {
      if (limit.aborted) throw new AnalysisError('timeout', `${functionName} did not answer within ${timeLimitMs} ms.`, { cause: error });
      if (error instanceof Error && error.name === 'TooManyRequestsException')
        throw new AnalysisError('busy', `${functionName} is throttled: ${error.message}`, { cause: error });
      throw error;
    });
    return this.read(answer);
  }

  private read({ FunctionError: functionError, Payload: payload }: InvokeCommandOutput): readonly Sentiment[] {
    const { functionName } = this.options;
    const text = Buffer.from(payload ?? []).toString('utf8');
    if (functionError !== undefined) {
      const isTimeout = /Task timed out/.test(text);
      throw new AnalysisError(isTimeout ? 'timeout' : 'failed', `${functionName} ended in an error (${functionError}): ${text.slice(0, 500)}`);
    }
    try {
      return analyzeAnswerSchema.parse(JSON.parse(text)).results;
    } catch (error) {
      throw new AnalysisError('unreadable', `${functionName} gave an answer that cannot be read: ${text.slice(0, 200)}`, { cause: error });
    }
  }
}

/** Splits texts into events in order, each small enough for one invocation. */
function payloadsOf(texts: readonly string[]): string[] {
  const groups: string[][] = [];
  let bytes = 0;
  for (const text of texts) {
    const size = Buffer.byteLength(JSON.stringify(text), 'utf8') + 1;
    const last = groups.at(-1);
    const isFull = !last || last.length === MAX_TEXTS || bytes + size > MAX_PAYLOAD;
    bytes = isFull ? size : bytes + size;
    if (isFull) groups.push([text]);
    else last.push(text);
  }
  return groups.map((group) => JSON.stringify({ texts: group } satisfies AnalyzeEvent));
}
