import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ruleFormSchema } from '@barometer/alerting';
import { HOUR, systemClock } from '@barometer/kernel';
import { KeywordClassifier } from '@barometer/sentiment-memory';
import { markObserved, openDatabase, type SqliteDatabase } from '@barometer/storage-sqlite';
import fc from 'fast-check';
import { composeSystem } from './composition-root';
import { readSettings } from './config';
import { sqliteStores } from './stores/sqlite-stores';
import { spawnBarometer, startBarometer } from './testing/barometer-process';
import { tokens } from './tokens';

const KILLS = 12;
/** Rules that ring, added before each start. */
const RULES = 8;
const CHANNELS = ['one', 'two'];

/** Accepts notices, each after a moment, so that kills happen while some are being sent. */
async function hookServer() {
  const got: { readonly channel: string; readonly id: string; readonly episodes: readonly string[] }[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request
      .setEncoding('utf8')
      .on('data', (part: string) => (body += part))
      .on('end', () => {
        const { data } = JSON.parse(body) as { data: { alerts: { id: string }[] } };
        got.push({ channel: request.url ?? '', id: String(request.headers['webhook-id']), episodes: data.alerts.map(({ id }) => id) });
        setTimeout(() => response.writeHead(204).end(), 60);
      });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    got,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => (server.closeAllConnections(), new Promise((resolve) => server.close(resolve))),
  };
}

// The moments come from the seed of the property tests: the same in every test run, different ones in `npm run fuzz`.
describe('alerts, killed at random moments', () => {
  const folder = mkdtempSync(join(tmpdir(), 'barometer-alert-kill-'));
  const environment = { DATA_DIR: join(folder, 'data'), SOURCES_FILE: join(folder, 'sources.yaml'), PORT: String(20_000 + (process.pid % 12_000)) };
  let hook: Awaited<ReturnType<typeof hookServer>>;

  beforeAll(async () => {
    hook = await hookServer();
    mkdirSync(environment.DATA_DIR);
    writeFileSync(
      environment.SOURCES_FILE,
      JSON.stringify({
        sources: [{ id: 'one', name: 'One', url: 'http://127.0.0.1:1/feed', homepage: 'https://n.example/', language: 'en', groups: ['test'] }],
      }),
    );
  });
  afterAll(async () => {
    await hook.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function onStore<T>(work: (db: SqliteDatabase) => Promise<T>): Promise<T> {
    const db = openDatabase(join(environment.DATA_DIR, 'barometer.db'));
    try {
      return await work(db);
    } finally {
      db.close();
    }
  }

  /** Rules added three hours ago, before the hours that turned negative. The leases of killed processes have expired. */
  const addRules = (round: number) =>
    onStore(async (db) => {
      const clock = jest.spyOn(systemClock, 'now').mockReturnValue(Date.now() - 3 * HOUR);
      const container = composeSystem({
        settings: readSettings({ ALLOW_PRIVATE_SOURCES: '1' }, folder),
        classifier: new KeywordClassifier(),
        stores: sqliteStores(db),
        log: (line) => {
          throw new Error(line);
        },
      });
      try {
        for (const id of CHANNELS)
          await container.get(tokens.addChannel).execute({ id, name: id, target: { kind: 'webhook', url: `${hook.url}/${id}`, secret: 'hook' } });
        for (let number = 0; number < RULES; number += 1) {
          const rule = ruleFormSchema.parse({
            name: `Rule ${round}-${number}`,
            condition: { kind: 'tone', side: 'under', tone: -0.3 },
            windowHours: 1,
            leastArticles: 5,
            channelIds: CHANNELS,
          });
          expect(await container.get(tokens.addRule).execute(rule)).toMatchObject({ ok: true });
        }
        db.run(`UPDATE alert_deliveries SET available_at = 0, body = json_set(body, '$.availableAt', 0) WHERE state = 'waiting'`);
      } finally {
        clock.mockRestore();
      }
    });

  const seeHours = () =>
    onStore(async (db) => {
      const now = Math.floor(Date.now() / HOUR);
      for (let hour = now - 4; hour <= now; hour += 1) {
        markObserved(db, '', hour);
        db.run(`INSERT INTO rollups (scope, hour, negative, neutral, positive, tone_sum, tone_squares) VALUES ('all', ?, 10, 0, 0, -8000000, 6400000)`, hour);
      }
    });

  const secret = { ALERT_SECRET_HOOK: 'a long secret' };

  it(`loses no episode and sends none under two ids in ${KILLS} kills`, async () => {
    await seeHours();
    // From the first moments of a start to well after the first evaluation of the rules.
    const moments = fc.sample(fc.integer({ min: 500, max: 2_000 }), KILLS);
    for (const [round, moment] of moments.entries()) {
      await addRules(round);
      const { child, ended } = spawnBarometer({ ...environment, ...secret });
      await new Promise((resolve) => setTimeout(resolve, moment));
      child.kill('SIGKILL');
      await ended;
    }
    await onStore(async (db) => void db.run(`UPDATE alert_deliveries SET available_at = 0, body = json_set(body, '$.availableAt', 0) WHERE state = 'waiting'`));

    const last = await startBarometer({ ...environment, ...secret });
    const expected = KILLS * RULES;
    const isTold = () =>
      CHANNELS.every((channel) => new Set(hook.got.filter((one) => one.channel === `/${channel}`).flatMap(({ episodes }) => episodes)).size === expected);
    for (const deadline = Date.now() + 60_000; !isTold() && Date.now() < deadline; await new Promise((resolve) => setTimeout(resolve, 100)));
    expect(await last.end('SIGINT')).toBe(0);
    // Every channel got all of its notices, and no other ones.
    expect({ told: isTold(), moments }).toMatchObject({ told: true });

    const idsOf = Map.groupBy(
      hook.got.flatMap(({ channel, id, episodes }) => episodes.map((episode) => ({ told: `${channel} ${episode}`, id }))),
      ({ told }) => told,
    );
    expect([...idsOf.values()].filter((all) => new Set(all.map(({ id }) => id)).size > 1)).toEqual([]);
    expect(idsOf.size).toBe(expected * CHANNELS.length);
    const { rules, episodes, waiting } = await onStore(async (db) => ({
      rules: db.all('SELECT id FROM alert_rules').length,
      episodes: db.all('SELECT DISTINCT rule_id FROM alert_episodes').length,
      waiting: db.all(`SELECT id FROM alert_tellings`).length + db.all(`SELECT id FROM alert_deliveries WHERE state <> 'sent'`).length,
    }));
    expect({ rules, episodes, waiting }).toEqual({ rules: expected, episodes: expected, waiting: 0 });
    // Some kills must have interrupted something, otherwise nothing was tested.
    expect(hook.got.length).toBeGreaterThan(CHANNELS.length);
  }, 600_000);
});
