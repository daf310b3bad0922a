import type { Telemetry } from '@barometer/aws';
import type { ScoreDeliveries, ScoreTexts } from '@barometer/sentiment';
import type { AnalyzeAnswer } from '@barometer/sentiment-lambda';
import { readQueueMessage, type QueueMessage, type RejectedMessage, type SqsDeadLetters } from '@barometer/sentiment-sqs';
import type { Context, SQSBatchResponse } from 'aws-lambda';
import { readEvent } from './events';

export interface HandlerDeps {
  readonly scoreDeliveries: Pick<ScoreDeliveries, 'execute'>;
  readonly scoreTexts: Pick<ScoreTexts, 'execute'>;
  readonly deadLetters: Pick<SqsDeadLetters, 'put'>;
  readonly telemetry: Telemetry<'analysis'>;
}

/** Scores a batch of the queue, answering which messages have to come again, or texts for whoever invokes it directly. */
export function createHandler({ scoreDeliveries, scoreTexts, deadLetters, telemetry }: HandlerDeps) {
  return async (input: unknown, context: Context): Promise<SQSBatchResponse | AnalyzeAnswer> => {
    telemetry.begin(context);
    try {
      const event = readEvent(input);
      if ('Records' in event) return await telemetry.traced('batch', () => scoreBatch(event.Records));
      telemetry.record({ TextsAnalysed: event.texts.length });
      return { results: [...(await telemetry.traced('texts', () => scoreTexts.execute(event.texts)))] };
    } finally {
      telemetry.flush();
    }
  };

  async function scoreBatch(messages: readonly QueueMessage[]): Promise<SQSBatchResponse> {
    const read = messages.map(readQueueMessage);
    const kept = await reject(read.flatMap((one) => (one.ok ? [] : [one.error])));
    const { retry, outage, ...report } = await scoreDeliveries.execute(read.flatMap((one) => (one.ok ? [one.value] : [])));
    telemetry.record({ ArticlesScored: report.scored, ArticlesFailed: report.failed, DeliveriesKnown: report.known, DeliveriesRetried: retry.length });
    telemetry.info('batch', { ...report, retry: retry.length, rejected: read.filter(({ ok }) => !ok).length });
    // Where nothing came of the batch, the function itself counts as failed, so that its error alarm sees it.
    if (outage !== undefined && retry.length === messages.length) throw outage;
    if (outage !== undefined) telemetry.error(`the store kept a part of the batch from being scored: ${outage instanceof Error ? outage.message : String(outage)}`);
    return { batchItemFailures: [...kept, ...retry.map(({ messageId }) => messageId)].map((itemIdentifier) => ({ itemIdentifier })) };
  }

  /** Puts messages into the dead-letter queue; answers those that it did not take, and that therefore stay where they are. */
  async function reject(rejected: readonly RejectedMessage[]): Promise<string[]> {
    const kept: string[] = [];
    for (const one of rejected) {
      telemetry.warn(`a message was put aside: ${one.reason}`, { messageId: one.message.messageId });
      await deadLetters.put(one).catch(() => kept.push(one.message.messageId));
    }
    if (rejected.length > 0) telemetry.record({ MessagesRejected: rejected.length - kept.length });
    return kept;
  }
}
