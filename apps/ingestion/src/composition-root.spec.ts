import { RecordingTelemetry } from '@barometer/aws/testing';
import { composeIngestion } from './composition-root';
import { bindMemory } from './testing/memory-bindings';
import { testSettings } from './testing/settings';
import { tokens } from './tokens';

describe.each([
  ['AWS', undefined],
  ['memory', bindMemory],
] as const)('composed on %s', (_name, bind) => {
  it.each(Object.entries(tokens))('gives %s', (_token, token) => {
    const container = composeIngestion({ settings: testSettings(), telemetry: new RecordingTelemetry() }, bind);
    const part: unknown = container.get<unknown>(token);
    expect(part).toBeDefined();
    expect(container.get<unknown>(token)).toBe(part);
  });
});

it("leaves expiry to the table's time to live", async () => {
  const container = composeIngestion({ settings: testSettings(), telemetry: new RecordingTelemetry() }, bindMemory);
  const removed = jest.spyOn(container.get(tokens.articleStore), 'removeExpired');
  expect((await container.get(tokens.runTick).execute()).problems).toEqual([]);
  expect(removed).not.toHaveBeenCalled();
});

it('holds back the messages of polls until the end of the tick', async () => {
  const container = composeIngestion({ settings: testSettings(), telemetry: new RecordingTelemetry() }, bindMemory);
  const sent = jest.spyOn(container.get(tokens.scoringQueue), 'send');
  const canary = { type: 'ArticleIngested' as const, version: 1 as const, articleId: expect.stringMatching(/^canary-/), storedAt: expect.any(Number) };
  const hint = { type: 'ArticleIngested' as const, version: 1 as const, articleId: 'a'.repeat(26), storedAt: 1 };
  await container.get(tokens.gatherHints).send([hint]);
  expect(sent).not.toHaveBeenCalled();
  await container.get(tokens.runTick).execute();
  expect(sent.mock.calls).toEqual([[[hint, canary]]]);
});

it('sends no canary where that is switched off', async () => {
  const container = composeIngestion({ settings: testSettings({ CANARY: '0' }), telemetry: new RecordingTelemetry() }, bindMemory);
  expect(await container.get(tokens.runTick).execute()).not.toHaveProperty('canary');
  expect(await container.get(tokens.canaryStore).read()).toBeUndefined();
});
