import * as contract from '@barometer/http-api/contract';
import type { ZodType } from 'zod';
import { answer } from './mock-routes';
import { arrive, situations, worldOf } from './mock-world';

const now = Date.UTC(2026, 10, 23, 12, 34);
const reads: Record<string, ZodType> = {
  '/capabilities': contract.capabilitiesSchema,
  '/status': contract.statusSchema,
  '/mood?period=24h': contract.moodSchema,
  '/timeline?period=24h&bucket=hour&tz=Europe/Berlin': contract.timelineSchema,
  '/timeline?period=30d&bucket=day': contract.timelineSchema,
  '/marks?period=24h': contract.marksSchema,
  '/breakdown?by=topic&period=7d': contract.breakdownSchema,
  '/breakdown?by=group&period=7d': contract.breakdownSchema,
  '/articles?period=24h&limit=40': contract.articlePageSchema,
  '/sources': contract.sourceListSchema,
  '/topics': contract.topicListSchema,
  '/alerts/rules': contract.alertRuleListSchema,
  '/alerts/channels': contract.alertChannelListSchema,
  '/alerts/episodes?limit=10': contract.alertEpisodeListSchema,
  '/alerts/deliveries?limit=100': contract.alertDeliveryListSchema,
  '/digests': contract.digestListSchema,
};
const writes: readonly (readonly [string, unknown, ZodType])[] = [
  ['/sources/preview', { url: 'https://a.example/feed' }, contract.sourcePreviewSchema],
  ['/sources', { url: 'https://a.example/feed' }, contract.sourceSchema],
  ['/sources/changes', { action: 'move', ids: ['npr', 'gone'], group: 'News' }, contract.sourcesChangedSchema],
  ['/sources.opml', {}, contract.sourceImportSchema],
  ['/topics/preview', { anyOf: ['gas'] }, contract.topicPreviewSchema],
  ['/topics', { name: 'Gas', anyOf: ['gas'] }, contract.topicSchema],
  ['/marks', { text: 'Vote' }, contract.markSchema],
  ['/alerts/backtest', { name: 'Dark', condition: { kind: 'silence' } }, contract.alertBacktestSchema],
  ['/alerts/rules', { name: 'Dark', condition: { kind: 'silence' } }, contract.alertRuleSchema],
  ['/alerts/channels', { name: 'Hook', target: { kind: 'webhook', url: 'https://x.example/' } }, contract.alertChannelSchema],
  ['/alerts/channels/phone/test', {}, contract.alertTestSchema],
  ['/alerts/deliveries/redrive', { ids: ['d1'] }, contract.alertRedrivenSchema],
  ['/digests', { name: 'Evening', timeZone: 'UTC', channelIds: ['phone'] }, contract.digestSchema],
  ['/digests/morning/test', {}, contract.digestTestSchema],
  ['/analyze', { texts: ['A breakthrough'] }, contract.analyzeResponseSchema],
];

describe('the mock server keeps to the contract', () => {
  describe.each(situations)('%s', (situation) => {
    it.each(Object.entries(reads))('GET %s', (url, schema) => {
      const world = { ...worldOf(situation, () => now), signedIn: true };
      const { pathname, searchParams } = new URL(url, 'http://mock');
      schema.parse(answer(world, { method: 'GET', path: pathname, query: searchParams, body: '' }).body);
    });
  });

  it.each(writes)('POST %s', (path, body, schema) => {
    const world = worldOf('second-day', () => now);
    schema.parse(answer(world, { method: 'POST', path, query: new URLSearchParams(), body: JSON.stringify(body) }).body);
  });

  it('judgements and explanations', () => {
    const world = worldOf('second-day', () => now);
    const { id } = world.articles.find(({ state }) => state === 'scored')!;
    const ask = (method: string, action: string) =>
      answer(world, { method, path: `/articles/${id}/${action}`, query: new URLSearchParams(), body: '{"label":"neutral"}' }).body;
    expect(contract.articleSchema.parse(ask('PUT', 'judgement'))).toMatchObject({ judgement: { label: 'neutral' }, sentiment: { tone: -0.05 } });
    contract.articleExplanationSchema.parse(ask('GET', 'explanation'));
    expect(contract.articleSchema.parse(ask('DELETE', 'judgement')).judgement).toBeUndefined();
  });

  it('live events and problems', () => {
    const world = worldOf('second-day', () => now);
    contract.liveBatchSchema.parse(arrive(world, 3));
    contract.problemSchema.parse(answer(world, { method: 'GET', path: '/nothing', query: new URLSearchParams(), body: '' }).body);
  });
});
