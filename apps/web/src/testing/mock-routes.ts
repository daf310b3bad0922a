import type { Article, ArticlePage, JudgeRequest, NewSource, NewTopic, Problem, Source, SourceImport, SourcePreview, SourcePreviewRequest, Topic, TopicPreview, TopicRule } from '@barometer/http-api/contract';
import { changeAlerts } from './mock-alerts';
import { HOUR, iso, MODEL, sentimentOf } from './mock-data';
import { explanationOf, judge } from './mock-judgements';
import { breakdownOf, driversOf, moodOf, storiesOf, timelineOf, topicDriversOf, type Asked } from './mock-reports';
import { capabilitiesOf, KEY, type World } from './mock-world';
import { seeded } from './seeded';

export interface MockAnswer {
  readonly status: number;
  readonly body?: unknown;
}

export interface MockRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: string;
}

const ok = (body: unknown): MockAnswer => ({ status: 200, body });
/** A topic or source has tones of its own, so that compared lines differ. */
const shiftOf = (query: URLSearchParams): number => (((query.get('topic') ?? query.get('source') ?? '').length % 5) - 2) * 0.08;

export const problem = (status: number, title: string, path: string, errors?: Problem['errors']): MockAnswer => ({
  status,
  body: { type: `/api/v1/docs#problem-${status}`, title, status, detail: title, instance: path, ...(errors && { errors }) } satisfies Problem,
});

/** Answers as the API would, from the world as it is. */
export function answer(world: World, request: MockRequest): MockAnswer {
  const { method, path } = request;
  const key = `${method} ${path}`;
  if (key === 'POST /session') return signIn(world, request);
  if (!world.signedIn) return problem(401, 'An access key is needed', path);
  if (world.broken.some((start) => path.startsWith(start))) return problem(500, 'The store did not answer', path);
  const exact = exactRoutes[key];
  if (exact) return exact(world, request);
  const [, kind, id = '', action] = path.split('/');
  if (kind === 'articles') return articleAnswer(world, request, id, action);
  if (kind === 'alerts') return changeAlerts(world.alerts, request);
  if (kind === 'sources') return changeSource(world, method, id, action, request);
  if (kind === 'topics') return changeTopic(world, method, id, request);
  return problem(404, 'There is nothing here', path);
}

const exactRoutes: Record<string, (world: World, request: MockRequest) => MockAnswer> = {
  'GET /capabilities': (world) => ok(capabilitiesOf(world)),
  'GET /status': (world) => ok(world.status(world.now())),
  'GET /mood': (world, { query }) => ok(moodOf(asked(world, query))),
  'GET /timeline': (world, { query }) => ok(timelineOf(asked(world, query), query.get('bucket') === 'day' ? 'day' : 'hour', query.get('tz') ?? 'UTC', shiftOf(query))),
  'GET /drivers': (world, { query }) => ok(query.get('by') === 'topic' ? topicDriversOf(asked(world, query), world.topics, world.articles) : driversOf(asked(world, query), world.articles)),
  'GET /stories': (world, { query }) => ok(storiesOf(asked(world, query), world.articles, Number(query.get('limit') ?? 20))),
  'GET /breakdown': (world, { query }) => ok(breakdownOf(asked(world, query), world.topics)),
  'GET /articles': (world, { query }) => ok(articles(world, query)),
  'GET /sources': (world) => ok({ items: world.sources }),
  'GET /topics': (world) => ok({ items: world.topics, sample: world.sample }),
  'POST /sources/preview': (_world, request) => preview(request),
  'POST /sources': (world, { body }) => addSource(world, JSON.parse(body) as NewSource),
  'POST /sources.opml': (world) => importSources(world),
  'POST /topics/preview': (world, { body }) => ok(previewTopic(world, JSON.parse(body) as TopicRule)),
  'POST /topics': (world, { body }) => addTopic(world, JSON.parse(body) as NewTopic),
  'POST /analyze': (_world, { body }) => ok({ results: (JSON.parse(body) as { texts: string[] }).texts.map((text) => sentimentOf(text.includes('disaster') ? 'negative' : 'positive', seeded(3))), model: MODEL }),
};

function articleAnswer(world: World, { method, path, body }: MockRequest, id: string, action: string | undefined): MockAnswer {
  const article = world.articles.find((one) => one.id === id);
  if (action === 'explanation') return found(article && explanationOf(article), path);
  if (action === 'judgement') return found(article && judge(world, article, method === 'PUT' ? (JSON.parse(body) as JudgeRequest).label : undefined), path);
  return found(article, path);
}

const found = (body: unknown, path: string): MockAnswer => (body ? ok(body) : problem(404, 'There is nothing here', path));

function signIn(world: World, { body, path }: MockRequest): MockAnswer {
  if ((JSON.parse(body) as { key: string }).key !== KEY) return problem(401, 'The key is not known', path);
  world.signedIn = true;
  return ok({ role: 'write' });
}

function asked(world: World, query: URLSearchParams): Asked {
  const now = world.now();
  const to = query.has('to') ? Date.parse(query.get('to') ?? '') : (Math.floor(now / HOUR) + 1) * HOUR;
  const span = query.get('period') ?? '24h';
  const hours = Number.parseInt(span, 10) * (span.endsWith('d') ? 24 : 1);
  const from = query.has('from') ? Date.parse(query.get('from') ?? '') : to - hours * HOUR;
  return { from, to, now, observedFrom: world.observedFrom, sample: world.sample, history: world.history, usual: world.usual, noUsual: 'not-enough-history' };
}

function articles(world: World, query: URLSearchParams): ArticlePage {
  const { from, to } = asked(world, query);
  const words = (query.get('q') ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (article: Article) =>
    (!query.has('label') || article.sentiment?.label === query.get('label')) &&
    (!query.has('topic') || article.topicIds.includes(query.get('topic') ?? '')) &&
    (!query.has('source') || article.sourceIds.includes(query.get('source') ?? '')) &&
    words.every((word) => article.title.toLowerCase().includes(word)) &&
    Date.parse(article.publishedAt) >= from && Date.parse(article.publishedAt) < to;
  const all = world.articles.filter(fits);
  const start = Number(query.get('cursor') ?? 0);
  const end = start + Number(query.get('limit') ?? 50);
  const items = all.slice(start, end);
  return { items, searchedTo: items.at(-1)?.publishedAt ?? iso(from), ...(end < all.length && { cursor: String(end) }), sample: world.sample };
}

function preview({ body, path }: MockRequest): MockAnswer {
  const { url, userAgent = '' } = JSON.parse(body) as SourcePreviewRequest;
  if (!url.startsWith('http')) return problem(400, 'The request is wrong', path, [{ field: 'url', message: 'must be an http or https address' }]);
  if (url.includes('browsers.example') && !userAgent.startsWith('Mozilla')) return problem(422, 'The feed could not be read', path, [{ field: 'url', message: 'browsers.example refuses the request (HTTP 403): it may let in only browsers or programs that it knows. Try another User-Agent for this source.' }]);
  const feeds = url === 'https://site.example' ? [{ url: 'https://site.example/news.xml', title: 'Site: all news' }, { url: 'https://site.example/sport.xml', title: 'Site: sport' }, { url: 'https://site.example/comments.xml' }] : [];
  const items = Array.from({ length: 10 }, (_, index) => ({ title: `Item ${index + 1} of the previewed feed, with a headline of ordinary length`, url: `https://feed.example/${index}`, publishedAt: iso(Date.now() - index * HOUR), summary: '' }));
  return ok({ url: feeds[0]?.url ?? url, feeds, title: url.includes('sport') ? 'Sport of the site' : 'Previewed feed', format: 'rss', language: 'en', homepage: 'https://feed.example/', itemCount: 25, items } satisfies SourcePreview);
}

function addSource(world: World, { url, name, userAgent }: NewSource): MockAnswer {
  const now = iso(world.now());
  const source: Source = { id: `added-${world.sources.length}`, kind: 'feed', url, name: name ?? url, intervalMinutes: 15, ...(userAgent && { userAgent }), paused: false, addedAt: now, state: 'new', health: { status: 'never', nextPollAt: now, failures: 0, polls: 0, articles: 0, bytesSaved: 0 } };
  world.sources = [...world.sources, source];
  return { status: 201, body: source };
}

function importSources(world: World): MockAnswer {
  addSource(world, { url: 'https://imported.example/feed', name: 'Imported feed' });
  return ok({
    added: 1, alreadyThere: 2,
    refused: [{ place: 'line 7', name: 'Old feed', url: 'ftp://old.example/feed', message: 'The address must begin with http:// or https://.' }],
    leftOut: [{ place: 'line 4', name: 'Imported feed', url: 'https://imported.example/feed', message: 'The home page must be an http or https address; "N/A" was left out.' }],
  } satisfies SourceImport);
}

function changeSource(world: World, method: string, id: string, action: string | undefined, { body, path }: MockRequest): MockAnswer {
  const source = world.sources.find((candidate) => candidate.id === id);
  if (!source) return problem(404, 'There is no such source', path);
  if (method === 'POST' && action === 'poll') return { status: 202, body: { id, accepted: true } };
  if (method === 'DELETE') {
    world.sources = world.sources.filter((candidate) => candidate !== source);
    return { status: 204 };
  }
  const change = JSON.parse(body) as Partial<Source>;
  const paused = change.paused ?? source.paused;
  const changed: Source = { ...source, ...change, state: paused ? 'paused' : 'ok' };
  world.sources = world.sources.map((candidate) => (candidate === source ? changed : candidate));
  return ok(changed);
}

function previewTopic(world: World, { anyOf = [], allOf = [], noneOf = [] }: TopicRule): TopicPreview {
  const has = ({ title }: Article) => (phrase: string) => title.toLowerCase().includes(phrase.toLowerCase());
  const matched = world.articles.filter((article) => (!anyOf.length || anyOf.some(has(article))) && allOf.every(has(article)) && !noneOf.some(has(article)));
  const examples = matched.slice(0, 10).map(({ id, title, url, publishedAt, sentiment }) => ({ id, title, url, publishedAt, ...(sentiment && { sentiment }) }));
  return { matched: matched.length, searched: world.articles.length, searchedTo: iso(world.now() - 30 * 24 * HOUR), examples, sample: world.sample };
}

function addTopic(world: World, { name, anyOf = [], allOf = [], noneOf = [] }: NewTopic): MockAnswer {
  const now = iso(world.now());
  const topic: Topic = { id: name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-'), name, anyOf, allOf, noneOf, version: 1, backfilling: true, createdAt: now, changedAt: now };
  world.topics = [...world.topics, topic];
  return { status: 201, body: topic };
}

function changeTopic(world: World, method: string, id: string, { body, path }: MockRequest): MockAnswer {
  const topic = world.topics.find((candidate) => candidate.id === id);
  if (!topic) return problem(404, 'There is no such topic', path);
  const changed = method === 'PUT' ? { ...topic, ...(JSON.parse(body) as NewTopic), backfilling: true } : undefined;
  world.topics = world.topics.flatMap((candidate) => (candidate === topic ? (changed ? [changed as Topic] : []) : [candidate]));
  return changed ? ok(changed) : { status: 204 };
}

