import type {
  Article,
  ArticlePage,
  JudgeRequest,
  NewSource,
  NewTopic,
  SessionState,
  Source,
  SourceImport,
  SourcePreview,
  SourcePreviewRequest,
  SourcesChange,
  SourcesChanged,
  Topic,
  TopicPreview,
  TopicRule,
} from '@barometer/http-api/contract';
import { groupNames, isInGroup } from '../state/groups';
import { changeAlerts } from './mock-alerts';
import { changeDigests } from './mock-digests';
import { HOUR, iso, MODEL, sentimentOf } from './mock-data';
import { problem, type MockAnswer, type MockRequest } from './mock-http';
import { explanationOf, judge } from './mock-judgements';
import { changeMarks, marksOf } from './mock-marks';
import { breakdownOf, driversOf, moodOf, storiesOf, storyOf, timelineOf, topicDriversOf, type Asked } from './mock-reports';
import { capabilitiesOf, KEY, type World } from './mock-world';
import { seeded } from './seeded';

const ok = (body: unknown): MockAnswer => ({ status: 200, body });
/** Each topic or source has its own tones, so that compared lines differ. */
const shiftOf = (query: URLSearchParams): number => (((query.get('topic') ?? query.get('source') ?? query.get('group') ?? '').length % 5) - 2) * 0.08;

/** Answers as the API would, from the present state of the world. */
export function answer(world: World, request: MockRequest): MockAnswer {
  const { method, path } = request;
  const key = `${method} ${path}`;
  if (key === 'POST /session') return signIn(world, request);
  if (key === 'GET /session') return ok(sessionOf(world));
  if (key === 'DELETE /session') {
    world.signedIn = false;
    return { status: 204 };
  }
  if (!world.signedIn) return problem(401, 'An access key is needed', path);
  if (world.broken.some((start) => path.startsWith(start))) return problem(500, 'The store did not answer', path);
  const unknown = unknownScope(world, request.query);
  if (unknown) return problem(404, 'There is nothing here', path, [{ field: unknown, message: `There is no ${unknown} ${request.query.get(unknown)}.` }]);
  if (hoursOf(request.query.get('period')) > world.keptDays * 24)
    return problem(400, 'The request is not valid', path, [{ field: 'period', message: `must be at most ${world.keptDays}d` }]);
  const exact = exactRoutes[key];
  if (exact) return exact(world, request);
  const [, kind, id = '', action] = path.split('/');
  if (kind === 'sessions') return changeSessions(world, method, id);
  if (kind === 'stories') return found(storyOf({ ...asked(world, request.query), from: 0 }, world.articles, id), path);
  if (kind === 'articles') return articleAnswer(world, request, id, action);
  if (kind === 'alerts') return changeAlerts(world.alerts, request);
  if (kind === 'digests') return changeDigests(world.digests, request);
  if (kind === 'marks') return changeMarks(world, request);
  if (kind === 'sources') return changeSource(world, method, id, action, request);
  if (kind === 'topics') return changeTopic(world, method, id, request);
  return problem(404, 'There is nothing here', path);
}

/** What a request asks about that is not there. */
function unknownScope({ topics, sources }: World, query: URLSearchParams): 'topic' | 'source' | undefined {
  const isUnknown = (field: string, items: readonly { readonly id: string }[]) => query.has(field) && !items.some(({ id }) => id === query.get(field));
  return isUnknown('topic', topics) ? 'topic' : isUnknown('source', sources) ? 'source' : undefined;
}

const againstIn = (query: URLSearchParams) => (query.get('against') === 'usual' ? 'usual' : 'before');

const exactRoutes: Record<string, (world: World, request: MockRequest) => MockAnswer> = {
  'GET /capabilities': (world) => ok(capabilitiesOf(world)),
  'GET /status': (world) => ok(world.status(world.now())),
  'GET /mood': (world, { query }) => ok(moodOf(asked(world, query), query.has('topic') && query.get('topic') === world.topics.at(-1)?.id)),
  'GET /timeline': (world, { query }) =>
    ok(timelineOf(asked(world, query), query.get('bucket') === 'day' ? 'day' : 'hour', query.get('tz') ?? 'UTC', shiftOf(query))),
  'GET /marks': (world, { query }) => ok(marksOf(world, asked(world, query))),
  'GET /drivers': (world, { query }) =>
    ok(
      query.get('by') === 'topic'
        ? topicDriversOf(asked(world, query), world.topics, world.articles, againstIn(query))
        : driversOf(asked(world, query), world.articles, againstIn(query)),
    ),
  'GET /stories': (world, { query }) => ok(storiesOf(asked(world, query), world.articles, Number(query.get('limit') ?? 20))),
  'GET /breakdown': (world, { query }) =>
    ok(
      query.get('by') === 'group'
        ? breakdownOf(
            asked(world, query),
            groupNames(world.sources).map((name) => ({ id: name, name })),
            'group',
            againstIn(query),
          )
        : breakdownOf(asked(world, query), world.topics, 'topic', againstIn(query)),
    ),
  'GET /articles': (world, { query }) => ok(articles(world, query)),
  'GET /sources': (world) => ok({ items: world.sources }),
  'GET /topics': (world) => ok({ items: world.topics, sample: world.sample }),
  'POST /sources/changes': (world, { body }) => changeSources(world, JSON.parse(body) as SourcesChange),
  'POST /sources/preview': (_world, request) => preview(request),
  'POST /sources': (world, { body }) => addSource(world, JSON.parse(body) as NewSource),
  'POST /sources.opml': (world) => importSources(world),
  'POST /topics/preview': (world, { body }) => ok(previewTopic(world, JSON.parse(body) as TopicRule)),
  'POST /topics': (world, { body }) => addTopic(world, JSON.parse(body) as NewTopic),
  'POST /analyze': (_world, { body }) =>
    ok({
      results: (JSON.parse(body) as { texts: string[] }).texts.map((text) => sentimentOf(text.includes('disaster') ? 'negative' : 'positive', seeded(3))),
      model: MODEL,
    }),
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

function sessionOf({ situation, provider, role, signedIn }: World): SessionState {
  const required = situation === 'needs-key' || provider;
  if (!signedIn) return { required, provider, by: null, role: null };
  if (!required) return { required, provider, by: 'computer', role };
  return {
    required,
    provider,
    role,
    ...(provider
      ? { by: 'sign-in', name: 'Anna Example', email: 'anna@example.org', expiresAt: iso(Date.UTC(2026, 10, 30, 9)) }
      : { by: 'key', name: 'laptop' }),
  };
}

function changeSessions(world: World, method: string, id: string): MockAnswer {
  if (method === 'GET') return ok({ items: world.sessions });
  const left = world.sessions.filter((session) => id !== '' && session.id !== id);
  const ended = world.sessions.length - left.length;
  world.sessions = left;
  if (id === '') world.signedIn = false;
  return id === '' ? ok({ ended }) : { status: 204 };
}

const hoursOf = (span: string | null): number => Number.parseInt(span ?? '24h', 10) * (span?.endsWith('d') ? 24 : 1);

function asked(world: World, query: URLSearchParams): Asked {
  const now = world.now();
  const to = query.has('to') ? Date.parse(query.get('to') ?? '') : (Math.floor(now / HOUR) + 1) * HOUR;
  const from = query.has('from') ? Date.parse(query.get('from') ?? '') : to - hoursOf(query.get('period')) * HOUR;
  return {
    from,
    to,
    now,
    observedFrom: world.observedFrom,
    keptFrom: Math.floor(now / HOUR) * HOUR - world.keptDays * 24 * HOUR,
    sample: world.sample,
    history: world.history,
    usual: world.usual,
    noUsual: 'not-enough-history',
  };
}

function articles(world: World, query: URLSearchParams): ArticlePage {
  const { from, to } = asked(world, query);
  const words = (query.get('q') ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (article: Article) =>
    (!query.has('label') || article.sentiment?.label === query.get('label')) &&
    (!query.has('topic') || article.topicIds.includes(query.get('topic') ?? '')) &&
    (!query.has('source') || article.sourceIds.includes(query.get('source') ?? '')) &&
    (!query.has('group') || world.sources.some((source) => isInGroup(source, query.get('group') ?? '') && article.sourceIds.includes(source.id))) &&
    words.every((word) => article.title.toLowerCase().includes(word)) &&
    Date.parse(article.publishedAt) >= from &&
    Date.parse(article.publishedAt) < to;
  const all = world.articles.filter(fits);
  const start = Number(query.get('cursor') ?? 0);
  const end = start + Number(query.get('limit') ?? 50);
  const items = all.slice(start, end);
  return { items, searchedTo: items.at(-1)?.publishedAt ?? iso(from), ...(end < all.length && { cursor: String(end) }), sample: world.sample };
}

function preview({ body, path }: MockRequest): MockAnswer {
  const { url, userAgent = '' } = JSON.parse(body) as SourcePreviewRequest;
  if (!url.startsWith('http')) return problem(400, 'The request is wrong', path, [{ field: 'url', message: 'must be an http or https address' }]);
  if (url.includes('browsers.example') && !userAgent.startsWith('Mozilla'))
    return problem(422, 'The feed could not be read', path, [
      {
        field: 'url',
        message:
          'browsers.example refuses the request (HTTP 403): it may let in only browsers or programs that it knows. Try another User-Agent for this source.',
      },
    ]);
  const feeds =
    url === 'https://site.example'
      ? [
          { url: 'https://site.example/news.xml', title: 'Site: all news' },
          { url: 'https://site.example/sport.xml', title: 'Site: sport' },
          { url: 'https://site.example/comments.xml' },
        ]
      : [];
  const items = Array.from({ length: 10 }, (_, index) => ({
    title: `Item ${index + 1} of the previewed feed, with a headline of ordinary length`,
    url: `https://feed.example/${index}`,
    publishedAt: iso(Date.now() - index * HOUR),
    summary: '',
  }));
  return ok({
    url: feeds[0]?.url ?? url,
    feeds,
    title: url.includes('sport') ? 'Sport of the site' : 'Previewed feed',
    format: 'rss',
    language: 'en',
    homepage: 'https://feed.example/',
    itemCount: 25,
    items,
  } satisfies SourcePreview);
}

function changeSources(world: World, change: SourcesChange): MockAnswer {
  const known = change.ids.filter((id) => world.sources.some((source) => source.id === id));
  const refused =
    change.action === 'resume'
      ? known.filter((id) => id.startsWith('files')).map((id) => ({ id, message: 'This source is filled from files and has no feed to poll.' }))
      : [];
  const changed = known.filter((id) => !refused.some((one) => one.id === id));
  const after = (source: Source): Source[] => {
    if (!changed.includes(source.id)) return [source];
    if (change.action === 'remove') return [];
    if (change.action === 'pause' || change.action === 'resume')
      return [{ ...source, paused: change.action === 'pause', state: change.action === 'pause' ? 'paused' : 'ok' }];
    if (change.action === 'move') return [{ ...source, groups: [change.group] }];
    if (change.action === 'group') return [{ ...source, groups: [...new Set([...source.groups, change.group])] }];
    const { group } = change as { readonly group?: string };
    return [{ ...source, groups: source.groups.filter((one) => group !== undefined && !isInGroup({ groups: [one] }, group)) }];
  };
  world.sources = world.sources.flatMap(after);
  return ok({ changed, unknown: change.ids.filter((id) => !known.includes(id)), refused } satisfies SourcesChanged);
}

function addSource(world: World, { url, name, groups = [], userAgent }: NewSource): MockAnswer {
  const now = iso(world.now());
  const source: Source = {
    id: `added-${world.sources.length}`,
    kind: 'feed',
    url,
    name: name ?? url,
    groups,
    intervalMinutes: 15,
    ...(userAgent && { userAgent }),
    paused: false,
    addedAt: now,
    state: 'new',
    health: { status: 'never', nextPollAt: now, failures: 0, polls: 0, articles: 0, bytesSaved: 0 },
  };
  world.sources = [...world.sources, source];
  return { status: 201, body: source };
}

function importSources(world: World): MockAnswer {
  addSource(world, { url: 'https://imported.example/feed', name: 'Imported feed' });
  return ok({
    added: 1,
    alreadyThere: 2,
    grouped: 1,
    refused: [{ place: 'line 7', name: 'Old feed', url: 'ftp://old.example/feed', message: 'The address must begin with http:// or https://.' }],
    leftOut: [
      {
        place: 'line 4',
        name: 'Imported feed',
        url: 'https://imported.example/feed',
        message: 'The home page must be an http or https address; "N/A" was left out.',
      },
      { place: 'line 9', url: '', message: 'The name of a group must have at most 4 levels; "a/b/c/d/e" became "a/b/c/d", for 3 feeds.' },
    ],
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
  const has =
    ({ title }: Article) =>
    (phrase: string) =>
      title.toLowerCase().includes(phrase.toLowerCase());
  const matched = world.articles.filter((article) => (!anyOf.length || anyOf.some(has(article))) && allOf.every(has(article)) && !noneOf.some(has(article)));
  const examples = matched.slice(0, 10).map(({ id, title, url, publishedAt, sentiment }) => ({ id, title, url, publishedAt, ...(sentiment && { sentiment }) }));
  return { matched: matched.length, searched: world.articles.length, searchedTo: iso(world.now() - 30 * 24 * HOUR), examples, sample: world.sample };
}

function addTopic(world: World, { name, anyOf = [], allOf = [], noneOf = [] }: NewTopic): MockAnswer {
  const now = iso(world.now());
  const topic: Topic = {
    id: name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-'),
    name,
    anyOf,
    allOf,
    noneOf,
    version: 1,
    backfilling: true,
    createdAt: now,
    changedAt: now,
  };
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
