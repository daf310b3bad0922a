import { capabilitiesSchema, healthSchema, readinessSchema, statusSchema } from '../contract';
import { fakeDependencies } from '../testing/fake-dependencies';
import { NOW } from '../testing/fake-store';
import { testApi } from '../testing/test-api';

describe('GET /status', () => {
  it('reports the present state, uncached', async () => {
    const { ask } = await testApi(fakeDependencies().deps);
    const response = await ask('GET', '/api/v1/status');
    expect(response.headers['cache-control']).toBe('no-store');
    expect(statusSchema.parse(response.json())).toEqual({
      version: '1.2.3',
      now: '2026-11-23T10:20:00.000Z',
      startedAt: '2026-11-23T10:10:00.000Z',
      sample: false,
      counts: { pending: 1, scored: 2, failed: 1, skipped: 0 },
      judgements: { judged: 0, agreed: 0, agreement: null },
      kept: { articleDays: 90, countDays: 90 },
      waiting: 1,
      oldestPendingAt: '2026-11-23T09:20:00.002Z',
      oldestPendingAgeMs: 3_599_998,
      progress: {
        phase: 'scoring',
        polling: 0,
        polled: 20,
        newArticles: 100,
        scored: 90,
        failed: 1,
        polledPerMinute: 2,
        newPerMinute: 10,
        scoredPerSecond: 12.35,
      },
      sources: { total: 2, ok: 1, failing: 1, paused: 0, gone: 0, new: 0 },
      model: { id: 'fake-model', revision: 'r1', state: 'ok' },
      canary: {
        state: 'right',
        message: 'right after 1.5 s (negative, sent at 2026-11-23 10:19 UTC)',
        sentAt: '2026-11-23T10:19:00.000Z',
        tookMs: 1_500,
        expected: 'negative',
        label: 'negative',
      },
      lastPolledAt: '2026-11-23T10:19:00.000Z',
      dataAgeMs: 60_000,
    });
  });

  it.each([
    ['is switched off', undefined, null],
    ['was never sent', { state: 'none' }, { state: 'none', message: 'none was sent yet' }],
    [
      'is on its way',
      { state: 'waiting', sentAt: NOW },
      { state: 'waiting', sentAt: '2026-11-23T10:20:00.000Z', message: 'the first one is on its way since 2026-11-23 10:20 UTC' },
    ],
    [
      'is late',
      { state: 'late', sentAt: NOW, expected: 'positive' },
      {
        state: 'late',
        sentAt: '2026-11-23T10:20:00.000Z',
        expected: 'positive',
        message: 'LATE: the one sent at 2026-11-23 10:20 UTC had no score after 5 minutes',
      },
    ],
  ] as const)('reports a canary that %s', async (_case, canary, told) => {
    const { deps } = fakeDependencies();
    const { canary: _none, ...status } = await deps.real.status.execute();
    const { ask } = await testApi({ ...deps, real: { ...deps.real, status: { execute: async () => ({ ...status, ...(canary && { canary }) }) } } });
    expect(statusSchema.parse((await ask('GET', '/api/v1/status')).json()).canary).toEqual(told);
  });

  it('ignores times from a clock that was ahead', async () => {
    const { deps } = fakeDependencies();
    const [ok] = await deps.sources.list.execute();
    const at = (lastSuccessAt: number) => ({ ...ok!, health: { ...ok!.health, lastPolledAt: lastSuccessAt, lastSuccessAt } });
    const statusWith = async (sources: readonly (typeof ok)[]) => {
      const { ask } = await testApi({ ...deps, sources: { ...deps.sources, list: { execute: async () => sources as never } } });
      return statusSchema.parse((await ask('GET', '/api/v1/status')).json());
    };
    const ahead = NOW + 8 * 3_600_000;
    expect(await statusWith([at(ahead), at(NOW - 90_000)])).toMatchObject({ lastPolledAt: '2026-11-23T10:18:30.000Z', dataAgeMs: 90_000 });
    expect((await statusWith([at(ahead)])).dataAgeMs).not.toBe(0);
    expect((await statusWith([at(NOW + 20_000)])).dataAgeMs).toBe(0);
  });

  it('works on an empty store', async () => {
    const { deps, parts, store } = fakeDependencies();
    store.all = [];
    parts.model = { state: 'loading' };
    const { ask } = await testApi({ ...deps, model: () => undefined, sources: { ...deps.sources, list: { execute: async () => [] } } });
    const status = statusSchema.parse((await ask('GET', '/api/v1/status')).json());
    expect(status).toMatchObject({ waiting: 0, oldestPendingAgeMs: null, model: { state: 'loading' }, progress: { phase: 'starting' } });
  });
});

describe('GET /capabilities', () => {
  it('says what is offered here', async () => {
    const { deps } = fakeDependencies();
    const here = capabilitiesSchema.parse((await (await testApi(deps)).ask('GET', '/api/v1/capabilities')).json());
    expect(here).toEqual({
      version: '1.2.3',
      live: 'sse',
      pollMs: 15_000,
      auth: { required: false, role: 'write' },
      limits: { texts: 64, textBytes: 65_536, bodyBytes: 4_194_304, page: 100 },
      sample: false,
    });
    const { live: _, ...closed } = deps;
    expect((await (await testApi(closed)).ask('GET', '/api/v1/capabilities')).json().live).toBe('poll');
  });
});

describe('health', () => {
  it('is up before it is ready', async () => {
    const { deps, parts } = fakeDependencies();
    const { ask } = await testApi(deps);
    parts.model = { state: 'loading' };
    expect(healthSchema.parse((await ask('GET', '/healthz')).json())).toEqual({ status: 'ok', version: '1.2.3' });
    const loading = await ask('GET', '/readyz');
    expect([loading.statusCode, readinessSchema.parse(loading.json())]).toEqual([
      503,
      { ready: false, parts: { model: { state: 'loading' }, store: { state: 'ok' } } },
    ]);
    parts.model = { state: 'ok' };
    expect([(await ask('GET', '/readyz')).statusCode, (await ask('GET', '/readyz')).json().ready]).toEqual([200, true]);
    parts.store = { state: 'failed', message: 'the disk is full' };
    expect((await ask('GET', '/readyz')).json().parts.store).toEqual({ state: 'failed', message: 'the disk is full' });
  });
});
