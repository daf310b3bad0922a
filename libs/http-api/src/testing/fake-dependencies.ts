import type { Access } from '@barometer/access';
import { canaryIdOf, canarySentences } from '@barometer/canary';
import type { ArticleScored } from '@barometer/events';
import type { Source } from '@barometer/ingestion';
import { err, ManualClock, ok } from '@barometer/kernel';
import {
  AddTopic,
  ChangeTopic,
  GetArticle,
  GetBreakdown,
  GetDrivers,
  GetMood,
  GetStatus,
  GetStory,
  GetTimeline,
  ListArticles,
  ListJudgements,
  ListStories,
  ListTopics,
  PreviewTopic,
  RemoveTopic,
  UsualRanges,
  type LiveFeed,
  type ReportStore,
  type TopicStore,
} from '@barometer/reporting';
import { ExplainArticle, ExplainTexts, type SentimentClassifier } from '@barometer/sentiment';
import type { ApiConfig, ApiDependencies, Part, ReadModels, SourceUseCases } from '../dependencies';
import { defined } from '../wire/defined';
import { fakeMarks } from './fake-marks';
import { fakeAlerts } from './fake-alerts';
import { fakeDigests } from './fake-digests';
import { article, FakeReportStore, FakeTopicStore, NOW, sentiment, topic } from './fake-store';

export const READ_KEY = 'bm_read0000_secret';
export const WRITE_KEY = 'bm_write000_secret';

/** Calls a disaster negative and everything else neutral. */
export class FakeClassifier implements SentimentClassifier {
  model = { id: 'fake-model', revision: 'r1' };
  async ready(): Promise<void> {}
  async classify(texts: readonly string[]) {
    return texts.map((text) => ({ ...sentiment(text.includes('disaster') ? -0.9 : 0.5), model: this.model }));
  }
}

export class FakeLiveFeed implements LiveFeed {
  readonly listeners = new Set<(events: readonly ArticleScored[]) => void>();
  publish(events: readonly ArticleScored[]): void {
    for (const listener of this.listeners) listener(events);
  }
  subscribe(listener: (events: readonly ArticleScored[]) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }
}

export function readModels(reports: ReportStore, topics: TopicStore, clock: ManualClock): ReadModels {
  const sentAt = NOW - 60_000;
  const canaries = {
    read: async () => ({
      id: canaryIdOf(sentAt),
      sentAt,
      summary: '',
      ...canarySentences[1],
      answer: { label: 'negative' as const, tone: -0.9, model: { id: 'fake-model', revision: 'r1' }, answeredAt: sentAt + 1_500 },
    }),
  };
  const usual = new UsualRanges({ reports, clock, homes: async () => [] });
  const deps = {
    reports,
    topics,
    clock,
    usual,
    sourceNames: async () => new Map([['daily', 'The Daily']]),
    groups: async () => [{ name: 'News', members: ['daily'] }],
  };
  return {
    watermark: () => reports.watermark(),
    mood: new GetMood(deps),
    timeline: new GetTimeline(deps),
    breakdown: new GetBreakdown(deps),
    drivers: new GetDrivers(deps),
    articles: new ListArticles(deps),
    judgements: new ListJudgements(deps),
    stories: new ListStories(deps),
    story: new GetStory(deps),
    article: new GetArticle(deps),
    status: new GetStatus({ ...deps, canaries }),
    topics: new ListTopics(deps),
    previewTopic: new PreviewTopic(deps),
  };
}

export function source(id: string, change: Partial<Source> = {}): Source {
  return {
    id,
    kind: 'feed',
    url: `https://${id}.example/feed`,
    name: `The ${id}`,
    intervalMinutes: 15,
    paused: false,
    addedAt: NOW,
    health: {
      status: 'ok',
      nextPollAt: NOW,
      lastPolledAt: NOW - 60_000,
      lastSuccessAt: NOW - 60_000,
      failures: 0,
      polls: 3,
      articles: 2,
      bytesSaved: 10,
      lastBytes: 20,
    },
    ...change,
  };
}

export function fakeSources(all: Map<string, Source>): SourceUseCases {
  return {
    list: { execute: async () => [...all.values()] },
    add: {
      execute: async ({ url, name }) => {
        if (!url.startsWith('http')) return err({ field: 'url', code: 'invalid-url', message: 'The address must begin with http:// or https://.' });
        if ([...all.values()].some((one) => one.url === url)) return err({ field: 'url', code: 'already-there', message: 'is a source already' });
        const added = source(name ?? 'added', { url });
        all.set(added.id, added);
        return ok(added);
      },
    },
    change: {
      execute: async (id, change) => {
        const known = all.get(id);
        if (!known) return err({ code: 'not-found' });
        const changed = { ...known, ...defined(change) };
        all.set(id, changed);
        return ok(changed);
      },
    },
    changeMany: {
      execute: async (ids, action) => {
        const known = ids.filter((id) => all.has(id));
        if (action.kind === 'remove') known.forEach((id) => all.delete(id));
        else if ('group' in action && action.group !== undefined)
          for (const id of known) all.set(id, { ...source(id), ...all.get(id), groups: [action.group] });
        return ok({ changed: known, unknown: ids.filter((id) => !known.includes(id)), refused: [] });
      },
    },
    remove: { execute: async (id) => all.delete(id) },
    pollNow: { execute: async (id) => all.has(id) },
    preview: {
      execute: async (url) =>
        url.startsWith('http')
          ? url.includes('dead')
            ? err({ field: 'url', code: 'unreachable', message: 'does not answer' })
            : ok({
                url,
                feeds: url.endsWith('/feed') ? [] : [{ url: `${url}/feed`, title: 'All' }, { url: `${url}/sport` }],
                title: 'A feed',
                format: 'rss' as const,
                itemCount: 1,
                items: [{ title: 'One', url: 'https://x.example/1', publishedAt: NOW, summary: '' }],
              })
          : err({ field: 'url', code: 'invalid-url', message: 'must begin with http:// or https://' }),
    },
    import: {
      execute: async ({ sources, unread = [] }) => ({
        added: sources.length,
        alreadyThere: 0,
        grouped: 0,
        refused: [{ place: 'line 3', url: 'ftp://x', message: 'must be http' }, ...unread],
        leftOut: sources.map(({ url, name = '' }) => ({ name, url, message: 'The home page was left out.' })),
      }),
    },
    readOpml: (body, contentType = '') => {
      const text = new TextDecoder(/charset=([\w-]+)/.exec(contentType)?.[1]).decode(body);
      return text.includes('<opml')
        ? ok({ sources: [{ url: 'https://one.example/feed', name: text.replace(/<[^>]*>/g, '').slice(0, 20) }] })
        : err({ message: 'This is no OPML document.' });
    },
    writeOpml: (sources) => `<opml>${sources.map(({ url }) => url).join()}</opml>`,
  };
}

const holderOf = (access: Access | undefined) => access && { ...access, name: `key to ${access.role}` };

/** Everything that an API needs, in memory, with access to what a test wants to change. */
export function fakeDependencies(config: Partial<ApiConfig> = {}) {
  const clock = new ManualClock(NOW);
  const store = new FakeReportStore(
    [
      article('a', { state: 'scored', sentiment: sentiment(-0.8), topicIds: ['energy'] }),
      article('b', { state: 'scored', sentiment: sentiment(0.6) }, NOW - 2 * 3_600_000),
      article('c'),
      article('d', { state: 'failed', reason: 'the model gave up' }),
    ],
    NOW,
    config.retention,
  );
  const classifier = new FakeClassifier();
  const explain = new ExplainTexts({ classifier });
  const topics = new FakeTopicStore(new Map([['energy', topic('energy', ['title a'])]]));
  const live = new FakeLiveFeed();
  const parts: { model: Part; store: Part } = { model: { state: 'ok' }, store: { state: 'ok' } };
  const roles = new Map<string, Access>([
    [READ_KEY, { role: 'read' }],
    [WRITE_KEY, { role: 'write' }],
  ]);
  const logged: string[] = [];
  const deps: ApiDependencies = {
    version: '1.2.3',
    clock,
    config: { loopback: true, allowedOrigins: [], rateLimit: 10_000, ...config },
    real: readModels(store, topics, clock),
    sources: fakeSources(
      new Map([
        ['daily', source('daily', { groups: ['News/World'] })],
        ['odd', source('odd', { health: { ...source('odd').health, status: 'failed', message: 'HTTP 500' } })],
      ]),
    ),
    topics: { add: new AddTopic({ topics, clock }), change: new ChangeTopic({ topics, clock }), remove: new RemoveTopic({ topics }) },
    marks: fakeMarks(store, topics, clock),
    alerts: fakeAlerts(),
    digests: fakeDigests(),
    sentiment: {
      scoreTexts: { execute: async (texts) => classifier.classify(texts) },
      explainTexts: explain,
      explainArticle: new ExplainArticle({ explainTexts: explain }),
      judge: { execute: async (id, label, score) => store.judge(id, label, clock.now(), score) },
      takeBack: { execute: async (id) => store.takeBack(id) },
      redrive: { execute: async (ids = []) => store.all.filter(({ id, state }) => ids.includes(id) && state === 'failed').length },
    },
    keys: { execute: async (key) => holderOf(roles.get(key)) },
    writeFeed: (feed, format) => JSON.stringify({ format, ...feed }),
    live,
    model: () => ({ id: 'fake-model', revision: 'r1' }),
    readiness: () => ({ parts }),
    progress: () => ({
      startedAt: NOW - 600_000,
      polled: 20,
      pollsFailed: 1,
      pollFailures: { timeout: 1 },
      newArticles: 100,
      alertsOpened: 3,
      alertsClosed: 2,
      scored: 90,
      scoredPerSecond: 12.345,
    }),
    log: (line) => void logged.push(line),
  };
  return { deps, clock, store, classifier, topics, live, parts, roles, logged };
}
