import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { digestFormSchema } from '@barometer/alerting';
import { articleIdOf, HOUR, MINUTE, systemClock } from '@barometer/kernel';
import { KeywordClassifier } from '@barometer/sentiment-memory';
import { openDatabase, type SqliteDatabase } from '@barometer/storage-sqlite';
import { composeSystem } from './composition-root';
import { readSettings } from './config';
import { sqliteStores } from './stores/sqlite-stores';
import { tokens } from './tokens';

/** 07:00 in Vienna. */
const DUE = Date.UTC(2026, 10, 24, 6);

interface Told {
  readonly type: string;
  readonly data: {
    readonly digest: {
      readonly id: string;
      readonly articles: number;
      readonly stories: readonly object[];
      readonly good: object;
      readonly link: string;
      readonly skipped: number;
    };
  };
}

async function receiver() {
  const got: { readonly id: string; readonly body: Told }[] = [];
  let status = 204;
  const server = createServer((request, response) => {
    let body = '';
    request
      .setEncoding('utf8')
      .on('data', (part: string) => (body += part))
      .on('end', () => {
        got.push({ id: String(request.headers['webhook-id']), body: JSON.parse(body) as Told });
        response.writeHead(status).end();
      });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    got,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    answer: (next: number) => void (status = next),
    close: () => (server.closeAllConnections(), new Promise((resolve) => server.close(resolve))),
  };
}

/** A separate system on the store, as another process has it. */
function systemOn(db: SqliteDatabase) {
  const settings = readSettings({ ALLOW_PRIVATE_SOURCES: '1', PUBLIC_URL: 'https://mood.example/' }, '/repository');
  return composeSystem({
    settings,
    classifier: new KeywordClassifier(),
    stores: sqliteStores(db),
    log: (line) => {
      throw new Error(line);
    },
  });
}

type System = ReturnType<typeof systemOn>;

/** The day before: three publishers, every hour polled; one story and one piece of good news, all scored. */
async function tellNews(system: System): Promise<void> {
  const told = [
    ['Earthquake kills hundreds in northern valley towns', 'Daily'],
    ['Earthquake kills hundreds in the northern valley', 'Gazette'],
    ['Hundreds in northern valley towns after earthquake', 'Herald'],
    ['Wonderful breakthrough as patients recover', 'Herald'],
  ] as const;
  const articles = told.map(([title, publisher], index) => {
    const at = DUE - 5 * HOUR + index * MINUTE;
    return {
      id: articleIdOf(title),
      url: `https://example.org/${index}`,
      keys: [],
      title,
      summary: '',
      publisher,
      sourceIds: [publisher.toLowerCase()],
      topics: [],
      language: 'en',
      publishedAt: at,
      dated: true,
      fetchedAt: at,
      status: { state: 'pending' as const },
    };
  });
  for (let hour = 1; hour <= 24; hour += 1) await system.get(tokens.articleStore).markObserved('daily', DUE - hour * HOUR);
  await system.get(tokens.articleStore).addAll(articles, DUE - 4 * HOUR);
  await system.get(tokens.scoreArticles).execute();
}

describe('a digest on the laptop', () => {
  let db: SqliteDatabase;
  let systems: readonly System[];
  let hook: Awaited<ReturnType<typeof receiver>>;
  let clock: jest.SpyInstance;
  const tick = (now: number) => (clock.mockReturnValue(now), Promise.all(systems.map((system) => system.get(tokens.runAlerts).execute())));

  beforeEach(async () => {
    clock = jest.spyOn(systemClock, 'now').mockReturnValue(DUE - 20 * HOUR);
    [db, hook] = [openDatabase(':memory:'), await receiver()];
    systems = [systemOn(db), systemOn(db)];
    await systems[0]!.get(tokens.addChannel).execute({ id: 'hook', name: 'Hook', target: { kind: 'webhook', url: hook.url } });
    expect(
      await systems[0]!.get(tokens.addDigest).execute(digestFormSchema.parse({ name: 'Morning', timeZone: 'Europe/Vienna', channelIds: ['hook'] })),
    ).toMatchObject({ ok: true });
  });

  afterEach(async () => {
    clock.mockRestore();
    for (const system of systems) await system.get(tokens.guardedPost).close();
    db.close();
    await hook.close();
  });

  it('is sent to a webhook once by two processes at the same time, with what the page shows', async () => {
    clock.mockReturnValue(DUE - HOUR);
    await tellNews(systems[0]!);
    for (let minutes = -30; minutes < 120; minutes += 5) await tick(DUE + minutes * MINUTE);
    expect(hook.got).toHaveLength(1);
    const [{ body }] = hook.got as [(typeof hook.got)[0]];
    expect([body.type, body.data.digest]).toMatchObject([
      'digest.told',
      {
        verdict: 'Negative',
        articles: 4,
        dueAt: '2026-11-24T06:00:00.000Z',
        from: '2026-11-23T06:00:00.000Z',
        usual: null,
        stories: [{ publishers: 3, articles: 3, darkest: { tone: expect.any(Number) } }],
        good: { title: 'Wonderful breakthrough as patients recover', publisher: 'Herald' },
        link: 'https://mood.example/?from=2026-11-23T06%3A00%3A00.000Z&to=2026-11-24T06%3A00%3A00.000Z',
        skipped: 0,
      },
    ]);
    expect(await systems[1]!.get(tokens.listDigests).execute()).toMatchObject([{ digest: { state: { last: { outcome: 'told' } } }, nextAt: DUE + 24 * HOUR }]);
  });

  it('keeps its id and its words through failures, until it arrives', async () => {
    clock.mockReturnValue(DUE - HOUR);
    await tellNews(systems[0]!);
    hook.answer(500);
    await tick(DUE);
    db.run('DELETE FROM rollups');
    for (let minutes = 1; minutes < 30; minutes += 1) await tick(DUE + minutes * MINUTE);
    hook.answer(204);
    for (let minutes = 30; minutes < 130; minutes += 5) await tick(DUE + minutes * MINUTE);
    expect(hook.got.length).toBeGreaterThan(2);
    expect(new Set(hook.got.map(({ id, body }) => `${id} ${JSON.stringify(body.data)}`)).size).toBe(1);
    expect(await systems[0]!.get(tokens.listAlerts).deliveries(9)).toMatchObject([{ state: 'sent', attempts: hook.got.length }]);
  });

  it('is not sent if nothing was observed, and says so', async () => {
    await tick(DUE);
    expect([hook.got, await systems[0]!.get(tokens.listDigests).execute()]).toMatchObject([
      [],
      [{ digest: { state: { last: { outcome: 'silent', reason: 'Nothing was observed: no feed was read in these hours.' } } } }],
    ]);
  });
});
