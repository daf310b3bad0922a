import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fakeDependencies, READ_KEY } from '../testing/fake-dependencies';
import { testApi } from '../testing/test-api';

const docs = join(__dirname, '../../../../docs/operations');

async function scrape(change = {}) {
  const { deps } = fakeDependencies();
  const { ask } = await testApi({ ...deps, ...change });
  const response = await ask('GET', '/metrics');
  expect([response.statusCode, response.headers['content-type'], response.headers['cache-control']]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8', 'no-store']);
  return response.body;
}

const namesIn = (text: string) => new Set([...text.matchAll(/\bbarometer_[a-z_]+/g)].map(([name]) => name));
const declared = (body: string) => new Set([...body.matchAll(/^# TYPE (barometer_\S+) /gm)].map(([, name = '']) => name));

describe('metrics', () => {
  it('tell what was done, what waits and how it feels', async () => {
    const body = await scrape();
    for (const line of [
      'barometer_build_info{version="1.2.3",model="fake-model",revision="r1"} 1', 'barometer_ready{part="model"} 1', 'barometer_polls_total 20', 'barometer_poll_failures_total{reason="timeout"} 1',
      'barometer_articles_new_total 100', 'barometer_articles_scored_total 90', 'barometer_scoring_rate 12.345', 'barometer_articles{state="failed"} 1', 'barometer_articles{state="scored"} 2', 'barometer_oldest_waiting_seconds',
      'barometer_sources{state="failing"} 1', 'barometer_mood_articles{topic="_all",label="negative"} 1', 'barometer_mood_tone{topic="energy"} -0.8',
    ]) expect(body).toContain(line);
  });

  it('tell of this process too, once however often they are asked for', async () => {
    const { ask } = await testApi(fakeDependencies().deps);
    for (let times = 0; times < 2; times += 1) expect((await ask('GET', '/metrics')).body.match(/^process_resident_memory_bytes /gm)).toHaveLength(1);
  });

  it('leave out a tone that nothing has', async () => {
    const { deps, store } = fakeDependencies();
    store.all.splice(0);
    const { ask } = await testApi({ ...deps, model: () => undefined });
    const { body } = await ask('GET', '/metrics');
    expect(body).not.toMatch(/^barometer_mood_tone/m);
    expect(body).toContain('barometer_build_info{version="1.2.3",model="none",revision="none"} 1');
    expect(body).toContain('barometer_oldest_waiting_seconds 0');
  });

  it('need a key that may read where keys are needed', async () => {
    const { ask } = await testApi(fakeDependencies({ loopback: false }).deps);
    expect((await ask('GET', '/metrics')).statusCode).toBe(401);
    expect((await ask('GET', '/metrics', { headers: { authorization: `Bearer ${READ_KEY}` } })).statusCode).toBe(200);
  });

  it('are all explained, and the dashboard shows none that is not there', async () => {
    const there = declared(await scrape());
    expect(there.size).toBeGreaterThan(10);
    expect(namesIn(readFileSync(join(docs, 'metrics.md'), 'utf8'))).toEqual(there);
    const shown = [...namesIn(readFileSync(join(docs, 'grafana-dashboard.json'), 'utf8'))];
    expect(shown.length).toBeGreaterThan(8);
    expect(shown.filter((name) => !there.has(name))).toEqual([]);
  });
});
