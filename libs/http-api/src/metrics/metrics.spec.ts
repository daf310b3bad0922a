import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DAY, HOUR } from '@barometer/kernel';
import type { ScopedPeriod } from '@barometer/reporting';
import { fakeDependencies, READ_KEY } from '../testing/fake-dependencies';
import { testApi } from '../testing/test-api';

const docs = join(__dirname, '../../../../docs/operations');

async function scrape(change = {}) {
  const { deps } = fakeDependencies();
  const { ask } = await testApi({ ...deps, ...change });
  const response = await ask('GET', '/metrics');
  expect([response.statusCode, response.headers['content-type'], response.headers['cache-control']]).toEqual([
    200,
    'text/plain; version=0.0.4; charset=utf-8',
    'no-store',
  ]);
  return response.body;
}

const namesIn = (text: string) => new Set([...text.matchAll(/\bbarometer_[a-z_]+/g)].map(([name]) => name));
const declared = (body: string) => new Set([...body.matchAll(/^# TYPE (barometer_\S+) /gm)].map(([, name = '']) => name));

describe('metrics', () => {
  it('report what was done, what is pending and the mood', async () => {
    const body = await scrape();
    for (const line of [
      'barometer_build_info{version="1.2.3",model="fake-model",revision="r1"} 1',
      'barometer_ready{part="model"} 1',
      'barometer_polls_total 20',
      'barometer_poll_failures_total{reason="timeout"} 1',
      'barometer_articles_new_total 100',
      'barometer_articles_scored_total 90',
      'barometer_scoring_rate 12.345',
      'barometer_articles{state="failed"} 1',
      'barometer_articles{state="scored"} 2',
      'barometer_oldest_waiting_seconds',
      'barometer_canary{state="right"} 1',
      'barometer_canary{state="late"} 0',
      'barometer_canary_seconds 1.5',
      'barometer_sources{state="failing"} 1',
      'barometer_mood_articles{topic="_all",label="negative"} 1',
      'barometer_mood_tone{topic="energy"} -0.8',
      'barometer_alert_episodes_total{event="opened"} 3',
      'barometer_alert_episodes_total{event="closed"} 2',
    ])
      expect(body).toContain(line);
  });

  it('report on this process too, once however often they are scraped', async () => {
    const { ask } = await testApi(fakeDependencies().deps);
    for (let times = 0; times < 2; times += 1) expect((await ask('GET', '/metrics')).body.match(/^process_resident_memory_bytes /gm)).toHaveLength(1);
  });

  it('report the usual range of everything and of topics, ten more topics a scrape, once an hour', async () => {
    const { deps, clock } = fakeDependencies();
    const found = await deps.real.breakdown.execute({ by: 'topic', period: { from: clock.now() - DAY, to: clock.now() } });
    const rows = Array.from({ length: 14 }, (_, index) => ({ ...found.rows[0]!, id: `topic${index}`, volume: index === 13 ? 0 : 1 }));
    const asked: (string | undefined)[] = [];
    const mood = {
      execute: async (query: ScopedPeriod) => {
        asked.push(query.topicId);
        return {
          ...(await deps.real.mood.execute({ period: query.period })),
          usual: { low: -0.3, mean: -0.1, high: 0.2, basis: 'own' as const, days: 20, percentile: 1, standardScore: 0, word: 'as usual' as const },
        };
      },
    };
    const { ask } = await testApi({ ...deps, real: { ...deps.real, mood, breakdown: { execute: async () => ({ ...found, rows }) } } });
    const told = async () =>
      [...(await ask('GET', '/metrics')).body.matchAll(/^barometer_mood_usual\{topic="(\w+)",bound="low"\} -0.3$/gm)].map(([, topic]) => topic);
    const topics = rows.slice(0, 13).map(({ id }) => id);
    expect([await told(), await told(), await told()]).toEqual([
      ['_all', ...topics.slice(0, 10)],
      ['_all', ...topics],
      ['_all', ...topics],
    ]);
    expect(asked.filter((id) => id !== undefined)).toEqual(topics);
    clock.advance(HOUR);
    expect(await told()).toEqual(['_all', ...topics]);
    expect(asked.filter((id) => id !== undefined)).toHaveLength(23);
  });

  it('leave out the tone where nothing was scored', async () => {
    const { deps, store } = fakeDependencies();
    store.all.splice(0);
    const { ask } = await testApi({ ...deps, model: () => undefined });
    const { body } = await ask('GET', '/metrics');
    expect(body).not.toMatch(/^barometer_mood_tone/m);
    expect(body).toContain('barometer_build_info{version="1.2.3",model="none",revision="none"} 1');
    expect(body).toContain('barometer_oldest_waiting_seconds 0');
  });

  it('leave out the time of a canary that has none, and the canary if none is sent', async () => {
    const { deps } = fakeDependencies();
    const { canary: _none, ...status } = await deps.real.status.execute();
    const scrapeWith = (canary: object) => scrape({ real: { ...deps.real, status: { execute: async () => ({ ...status, ...canary }) } } });
    const late = await scrapeWith({ canary: { state: 'late', sentAt: 0, expected: 'positive' } });
    expect(late).toContain('barometer_canary{state="late"} 1');
    expect(late).not.toContain('barometer_canary_seconds');
    expect(await scrapeWith({})).not.toContain('barometer_canary');
  });

  it('need a read key where keys are needed', async () => {
    const { ask } = await testApi(fakeDependencies({ loopback: false }).deps);
    expect((await ask('GET', '/metrics')).statusCode).toBe(401);
    expect((await ask('GET', '/metrics', { headers: { authorization: `Bearer ${READ_KEY}` } })).statusCode).toBe(200);
  });

  it('are all documented, and the dashboard shows only existing ones', async () => {
    const there = declared(await scrape());
    expect(there.size).toBeGreaterThan(10);
    expect(namesIn(readFileSync(join(docs, 'metrics.md'), 'utf8'))).toEqual(there);
    const shown = [...namesIn(readFileSync(join(docs, 'grafana-dashboard.json'), 'utf8'))];
    expect(shown.length).toBeGreaterThan(8);
    expect(shown.filter((name) => !there.has(name))).toEqual([]);
    expect(shown).toEqual(expect.arrayContaining(['barometer_alerts_open', 'barometer_alert_deliveries']));
  });
});
