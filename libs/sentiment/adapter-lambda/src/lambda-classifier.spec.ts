import type { InvokeCommand } from '@aws-sdk/client-lambda';
import { AnalysisError, LambdaClassifier, type AnalyzeEvent } from './index';

const sentiment = (text: string) => ({
  label: 'neutral',
  confidence: 0.5,
  scores: { negative: 0.25, neutral: 0.5, positive: 0.25 },
  tone: 0,
  uncertain: true,
  model: { id: 'm', revision: `r-${text.length}` },
});
const answer = ({ texts }: AnalyzeEvent) => ({ Payload: Buffer.from(JSON.stringify({ results: texts.map(sentiment) })) });

/** A function that answers with `reply`, and records the events that it was invoked with. */
function setUp(reply: (event: AnalyzeEvent, signal: AbortSignal) => unknown = answer, timeLimitMs = 60_000) {
  const events: AnalyzeEvent[] = [];
  const client = {
    send: async ({ input }: InvokeCommand, { abortSignal }: { abortSignal: AbortSignal }) => {
      expect(input.FunctionName).toBe('analysis');
      const event = JSON.parse(Buffer.from(input.Payload as Uint8Array).toString('utf8')) as AnalyzeEvent;
      events.push(event);
      return reply(event, abortSignal);
    },
  };
  return { events, classifier: new LambdaClassifier({ client: client as never, functionName: 'analysis', timeLimitMs }) };
}

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'no error',
    (error: unknown) => (error instanceof AnalysisError ? error.code : error),
  );

describe('LambdaClassifier', () => {
  it("returns the function's answers, and then knows the model", async () => {
    const { classifier, events } = setUp();
    expect(classifier).toMatchObject({ hasAnswered: false, model: { id: 'analysis', revision: 'not asked yet' } });
    expect(await classifier.classify(['ab', 'c'])).toEqual([sentiment('ab'), sentiment('c')]);
    expect(classifier).toMatchObject({ hasAnswered: true, model: { id: 'm', revision: 'r-2' } });
    expect(events).toEqual([{ texts: ['ab', 'c'] }]);
  });

  it('does not invoke the function without texts', async () => {
    const { classifier, events } = setUp();
    expect(await classifier.classify([])).toEqual([]);
    expect(events).toEqual([]);
  });

  it('splits what is too large for one invocation, measured as JSON', async () => {
    const { classifier, events } = setUp();
    const texts = Array.from({ length: 20 }, () => '\u0001'.repeat(64 * 1024));
    expect(await classifier.classify(texts)).toHaveLength(20);
    expect(events.length).toBeGreaterThan(1);
    for (const event of events) expect(Buffer.byteLength(JSON.stringify(event))).toBeLessThan(6_000_000);
  });

  it.each([
    ['failed', { FunctionError: 'Unhandled', Payload: Buffer.from('{"errorMessage":"no model"}') }],
    ['timeout', { FunctionError: 'Unhandled', Payload: Buffer.from('{"errorMessage":"2026 Task timed out after 30.00 seconds"}') }],
    ['unreadable', { Payload: Buffer.from('no JSON') }],
    ['unreadable', { Payload: Buffer.from('{"results":[]}') }],
    ['unreadable', {}],
  ])('reports by its code that the function %s', async (code, reply) => {
    expect(await codeOf(setUp(() => reply).classifier.classify(['a']))).toBe(code);
  });

  it('tells a throttled function from a missing one', async () => {
    const fault = (name: string) => () => Promise.reject(Object.assign(new Error(name), { name }));
    expect(await codeOf(setUp(fault('TooManyRequestsException')).classifier.classify(['a']))).toBe('busy');
    expect(await codeOf(setUp(fault('ResourceNotFoundException')).classifier.classify(['a']))).toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('reports in one line the error that the function ended with', async () => {
    const lines: string[] = [];
    const client = { send: async () => ({ FunctionError: 'Unhandled', Payload: Buffer.from('{"errorMessage":"no model"}') }) };
    const classifier = new LambdaClassifier({ client: client as never, functionName: 'analysis', timeLimitMs: 1_000, log: (line) => lines.push(line) });
    await expect(classifier.classify(['a'])).rejects.toThrow(AnalysisError);
    expect(lines).toEqual(['analysis ended in an error (Unhandled): {"errorMessage":"no model"}']);
  });

  it('keeps its time limit', async () => {
    const never = (_event: AnalyzeEvent, signal: AbortSignal) =>
      new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))));
    expect(await codeOf(setUp(never, 20).classifier.classify(['a']))).toBe('timeout');
  });
});
