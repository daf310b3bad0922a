import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ruleFormSchema } from '@barometer/alerting';
import { HOUR, MINUTE, systemClock } from '@barometer/kernel';
import { KeywordClassifier } from '@barometer/sentiment-memory';
import { markObserved, openDatabase, type SqliteDatabase } from '@barometer/storage-sqlite';
import { composeSystem } from './composition-root';
import { readSettings } from './config';
import { sqliteStores } from './stores/sqlite-stores';
import { tokens } from './tokens';

const NOON = Date.UTC(2026, 10, 23, 12);
const NOON_HOUR = NOON / HOUR;

/** One hour of a source: articles of one topic, and the mark that it was polled. */
function hour(db: SqliteDatabase, at: number, tone: number, articles = 10): void {
  markObserved(db, '', at);
  for (const scope of ['all', 't:energy@1', 's:daily', 't:energy@1|s:daily']) {
    db.run(
      'INSERT INTO rollups (scope, hour, negative, neutral, positive, tone_sum, tone_squares) VALUES (?, ?, ?, 0, 0, ?, ?)',
      scope,
      at,
      articles,
      Math.round(tone * articles * 1e6),
      Math.round(tone * tone * articles * 1e6),
    );
  }
}

async function hookServer() {
  const got: { id: string; signature: string; timestamp: string; body: string }[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request
      .setEncoding('utf8')
      .on('data', (part: string) => (body += part))
      .on('end', () => {
        const header = (name: string) => String(request.headers[name]);
        got.push({ id: header('webhook-id'), signature: header('webhook-signature'), timestamp: header('webhook-timestamp'), body });
        response.writeHead(204).end();
      });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    got,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    close: () => (server.closeAllConnections(), new Promise((resolve) => server.close(resolve))),
  };
}

it('a topic that turns negative is reported to a webhook, once, signed, with a link, as the backtest says', async () => {
  const hook = await hookServer();
  const db = openDatabase(':memory:');
  const clock = jest.spyOn(systemClock, 'now').mockReturnValue(NOON);
  const settings = readSettings({ ALLOW_PRIVATE_SOURCES: '1', ALERT_SECRET_HOOK: 'a long secret', PUBLIC_URL: 'https://mood.example/' }, '/repository');
  const container = composeSystem({
    settings,
    classifier: new KeywordClassifier(),
    stores: sqliteStores(db),
    log: (line) => {
      throw new Error(line);
    },
  });
  try {
    db.run(`INSERT INTO topics VALUES ('energy', 'Energy', 1, 1, 0, 0)`);
    db.run(`INSERT INTO topic_versions (topic_id, version, rule) VALUES ('energy', 1, '{"anyOf":["gas"],"allOf":[],"noneOf":[]}')`);
    for (let back = 12 * 24; back > 0; back -= 1) hour(db, NOON_HOUR - back, -0.2 + 0.05 * Math.sin(back));
    const rule = ruleFormSchema.parse({
      name: 'Dark energy',
      scope: { topicId: 'energy' },
      condition: { kind: 'unusual', direction: 'darker' },
      windowHours: 3,
      leastArticles: 5,
      channelIds: ['hook'],
    });
    await container.get(tokens.addChannel).execute({ id: 'hook', name: 'Hook', target: { kind: 'webhook', url: hook.url, secret: 'hook' } });
    expect(await container.get(tokens.addRule).execute(rule)).toMatchObject({ ok: true });
    for (let ahead = 0; ahead < 4; ahead += 1) hour(db, NOON_HOUR + ahead, -0.8);
    for (let minutes = 0; minutes < 300; minutes += 5) {
      clock.mockReturnValue(NOON + minutes * MINUTE);
      await container.get(tokens.runAlerts).execute();
    }
    expect(hook.got).toHaveLength(1);
    const [{ id, signature, timestamp, body }] = hook.got as [(typeof hook.got)[0]];
    expect(signature).toBe(`v1,${createHmac('sha256', 'a long secret').update(`${id}.${timestamp}.${body}`).digest('base64')}`);
    const [alert] = (JSON.parse(body) as { data: { alerts: { sentence: string; link: string; value: number; usual: { low: number } }[] } }).data.alerts;
    expect(alert?.sentence).toMatch(/^The mood of Energy over the last 3 hours is −0\.\d\d, darker than usual/);
    expect(alert?.value).toBeLessThan(alert?.usual.low ?? NaN);
    expect(alert?.link).toMatch(/^https:\/\/mood\.example\/\?from=2026-11-23T.*topic=energy$/);
    const [live] = await container.get(tokens.listAlerts).open();
    const { episodes } = await container.get(tokens.backtestRule).execute(rule, Infinity);
    expect(episodes.filter(({ openedAt }) => openedAt > NOON).map(({ openedAt, value }) => [openedAt, value])).toEqual([
      [((live?.openedHour ?? NaN) + 1) * HOUR, live?.value],
    ]);
  } finally {
    clock.mockRestore();
    await container.get(tokens.guardedPost).close();
    db.close();
    await hook.close();
  }
});
