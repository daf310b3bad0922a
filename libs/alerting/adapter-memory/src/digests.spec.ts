import {
  AddDigest,
  ChangeDigest,
  ListDigests,
  PreviewDigest,
  PublishDigests,
  RemoveChannel,
  RemoveDigest,
  TellAlerts,
  TestDigest,
  type Digest,
} from '@barometer/alerting';
import { channel, digest, FakeDigestNews, FakeNews, FakeSender, killedAt, NOON, periodNews } from '@barometer/alerting/testing';
import { DAY, HOUR, ManualClock, MINUTE } from '@barometer/kernel';
import * as fc from 'fast-check';
import { MemoryAlertStore } from './memory-alert-store';
import { MemoryDigestStore } from './memory-digest-store';

const at = (time: string) => Date.parse(time);

async function world(...digests: Digest[]) {
  const [alerts, news, digestNews, sender, clock] = [new MemoryAlertStore(), new FakeNews(), new FakeDigestNews(), new FakeSender(), new ManualClock(NOON)];
  const store = new MemoryDigestStore(alerts);
  await alerts.putChannel(channel('hook'));
  for (const one of digests) await store.addDigest(one);
  const lines: string[] = [];
  const publish = new PublishDigests({ store, digestNews, news, clock, log: (line) => lines.push(line) });
  const tell = new TellAlerts({ store: alerts, digests: store, sender, clock, home: () => 'https://mood.example' });
  const tick = async (now: number) => (clock.set(now), await publish.execute(), await tell.execute());
  return { store, alerts, news, digestNews, sender, clock, lines, publish, tell, tick };
}

describe('digests', () => {
  it('sends an edition once, when it is due, about the hours since the previous one', async () => {
    const { tick, sender, digestNews, store } = await world(digest('a', { scope: { topicId: 'energy' } }));
    digestNews.inTrouble = [{ name: 'Daily', problem: 'It answers 500.' }];
    for (let now = at('2026-11-24T05:00:00Z'); now < at('2026-11-24T12:00:00Z'); now += 10 * MINUTE) await tick(now);
    expect(sender.sent).toHaveLength(1);
    expect(sender.sent[0]).toMatchObject({
      items: [],
      test: false,
      edition: {
        dueAt: at('2026-11-24T06:00:00Z'),
        from: at('2026-11-23T06:00:00Z'),
        to: at('2026-11-24T06:00:00Z'),
        scopeName: 'energy',
        volume: 1_284,
        troubled: [{ name: 'Daily' }],
        skipped: 0,
        view: '?from=2026-11-23T06%3A00%3A00.000Z&to=2026-11-24T06%3A00%3A00.000Z&topic=energy',
      },
    });
    expect((await store.digest('a'))?.state).toEqual({
      settledTo: at('2026-11-24T06:00:00Z'),
      last: { dueAt: at('2026-11-24T06:00:00Z'), outcome: 'told', skipped: 0 },
    });
  });

  it('sends one edition on the days that the clock changes, and leaves no hour out', async () => {
    for (const [from, to] of [
      ['2026-10-23T00:00:00Z', '2026-10-27T12:00:00Z'],
      ['2026-03-27T00:00:00Z', '2026-03-31T12:00:00Z'],
    ] as const) {
      const { tick, sender } = await world(digest('a', { time: '02:30' }, { state: { settledTo: at(from) } }));
      for (let now = at(from); now < at(to); now += 15 * MINUTE) await tick(now);
      const told = sender.sent.map(({ edition }) => edition!);
      expect(told).toHaveLength(5);
      told.slice(1).forEach((edition, index) => expect(edition.from).toBe(told[index]!.to));
    }
  });

  it('sends an edition once however many publish at the same time', async () => {
    const { store, news, digestNews, clock, tell, sender } = await world(digest('a'));
    clock.set(at('2026-11-24T06:00:00Z'));
    const others = [1, 2, 3].map(() => new PublishDigests({ store, digestNews, news, clock }));
    expect((await Promise.all(others.map((one) => one.execute()))).reduce((sum, { published }) => sum + published, 0)).toBe(1);
    await tell.execute();
    await tell.execute();
    expect(sender.sent).toHaveLength(1);
  });

  it('sends nothing when nothing was observed, and keeps the reason', async () => {
    const { tick, sender, digestNews, store } = await world(digest('a'));
    digestNews.answer = periodNews({ volume: 0, observedHours: 0 });
    await tick(at('2026-11-24T06:00:00Z'));
    digestNews.answer = periodNews({ volume: 0, observedHours: 9 });
    const first = (await store.digest('a'))?.state.last;
    await tick(at('2026-11-25T06:00:00Z'));
    expect([sender.sent, first, (await store.digest('a'))?.state.last?.reason]).toEqual([
      [],
      { dueAt: at('2026-11-24T06:00:00Z'), outcome: 'silent', reason: 'Nothing was observed: no feed was read in these hours.', skipped: 0 },
      'Nothing was told: no article of these hours was scored.',
    ]);
  });

  it('is sent late within 12 hours, once, and says how many editions were skipped', async () => {
    const { tick, sender, store } = await world(digest('a'));
    await tick(at('2026-11-27T17:59:00Z'));
    await tick(at('2026-11-27T18:30:00Z'));
    expect(sender.sent.map(({ edition }) => [edition?.dueAt, edition?.skipped])).toEqual([[at('2026-11-27T06:00:00Z'), 3]]);
    expect((await store.digest('a'))?.state.last).toMatchObject({ outcome: 'told', skipped: 3 });
  });

  it('is skipped after 12 hours, and says so', async () => {
    const { tick, sender, store } = await world(digest('a'));
    await tick(at('2026-11-27T18:01:00Z'));
    expect([sender.sent, (await store.digest('a'))?.state]).toEqual([
      [],
      {
        settledTo: at('2026-11-27T06:00:00Z'),
        last: {
          dueAt: at('2026-11-27T06:00:00Z'),
          outcome: 'skipped',
          reason: 'Nobody was there to tell it at its time or in the 12 hours after.',
          skipped: 3,
        },
      },
    ]);
    await tick(at('2026-11-28T06:00:00Z'));
    expect(sender.sent).toHaveLength(1);
  });

  it('uses the present clock after one that was ahead, and sends nothing twice', async () => {
    const { tick, sender } = await world(digest('a'));
    await tick(at('2026-11-26T06:00:00Z'));
    await tick(at('2026-11-24T05:00:00Z'));
    for (const day of [24, 25, 26, 27]) await tick(at(`2026-11-${day}T06:00:00Z`));
    expect(sender.sent.map(({ edition }) => new Date(edition!.dueAt).getUTCDate())).toEqual([26, 24, 25, 27]);
  });

  it('retries with the next tick what could not be composed, and delays no other digest', async () => {
    const { tick, sender, digestNews, lines } = await world(digest('a'), digest('b', { scope: { topicId: 'energy' } }));
    const newsOf = jest.spyOn(digestNews, 'newsOf').mockRejectedValueOnce(new Error('The table does not answer.'));
    await tick(at('2026-11-24T06:00:00Z'));
    expect([lines, sender.sent.map(({ edition }) => edition?.digestId)]).toEqual([
      ['the digest "Morning" could not be composed: The table does not answer.'],
      ['b'],
    ]);
    newsOf.mockRestore();
    await tick(at('2026-11-24T06:01:00Z'));
    expect(sender.sent.map(({ edition }) => edition?.digestId)).toEqual(['b', 'a']);
  });

  it('composes three editions a tick, so that no tick takes long', async () => {
    const { tick, sender } = await world(...['a', 'b', 'c', 'd', 'e'].map((id) => digest(id)));
    const told: number[] = [];
    for (let minute = 0; minute < 3; minute += 1) {
      await tick(at('2026-11-24T06:00:00Z') + minute * MINUTE);
      told.push(sender.sent.length);
    }
    expect(told).toEqual([3, 5, 5]);
  });

  it('reports that its topic is gone, goes on when it is back, and sends nothing while switched off', async () => {
    const { tick, sender, news, store } = await world(digest('a'), digest('off', { enabled: false }));
    news.gone = true;
    await tick(at('2026-11-24T06:00:00Z'));
    expect((await store.digest('a'))?.state.last).toMatchObject({ outcome: 'scope-gone', reason: 'Its topic, source or group is gone.' });
    news.gone = false;
    await tick(at('2026-11-25T06:00:00Z'));
    expect(sender.sent.map(({ edition }) => edition?.digestId)).toEqual(['a']);
  });

  it('is added, changed and removed; another time counts from now on', async () => {
    const { store, alerts, news, clock, tick, sender } = await world();
    const deps = { store, alerts, news, clock };
    const { id: _id, state: _state, version: _version, createdAt: _created, changedAt: _changed, ...form } = digest('a');
    expect(await new AddDigest(deps).execute({ ...form, channelIds: ['nowhere'] })).toMatchObject({
      ok: false,
      error: { field: 'channelIds', message: 'There is no channel nowhere.' },
    });
    const added = await new AddDigest(deps).execute(form);
    const id = added.ok ? added.value.id : '';
    expect(await new ListDigests({ store, clock }).execute()).toMatchObject([
      { digest: { id, state: { settledTo: NOON } }, nextAt: at('2026-11-24T06:00:00Z') },
    ]);
    expect(await new RemoveChannel({ store: alerts, digests: store }).execute('hook')).toMatchObject({
      ok: false,
      error: { code: 'used', message: expect.stringContaining('Morning') },
    });
    await tick(at('2026-11-24T07:00:00Z'));
    expect(await new ChangeDigest(deps).execute(id, { ...form, time: '07:30' })).toMatchObject({
      ok: true,
      value: { time: '07:30', version: 3, state: { settledTo: at('2026-11-24T07:00:00Z'), last: { outcome: 'told' } } },
    });
    expect(await new ChangeDigest(deps).execute(id, { ...form, time: '07:30', name: 'Other' })).toMatchObject({
      ok: true,
      value: { name: 'Other', state: { settledTo: at('2026-11-24T07:00:00Z') } },
    });
    await tick(at('2026-11-24T08:00:00Z'));
    expect(sender.sent).toHaveLength(1);
    expect([
      await new ChangeDigest(deps).execute('none', form),
      await new RemoveDigest({ store }).execute(id),
      await new RemoveDigest({ store }).execute(id),
    ]).toEqual([{ ok: false, error: 'not-found' }, true, false]);
  });

  it('can be previewed and sent as a test at any time, and stays due', async () => {
    const { store, alerts, news, digestNews, clock, sender } = await world(digest('a', { every: 'week' }));
    clock.set(NOON + 10 * MINUTE);
    const preview = new PreviewDigest({ digestNews, news, clock });
    expect(await preview.execute({ every: 'day', timeZone: 'UTC', scope: {} })).toMatchObject({
      ok: true,
      value: { name: 'Daily digest', from: NOON - 23 * HOUR, to: clock.now() },
    });
    expect(await preview.execute({ every: 'day', timeZone: 'UTC', scope: {} }, NOON + 30 * DAY)).toMatchObject({ ok: true, value: { to: clock.now() } });
    expect(await preview.execute({ every: 'week', timeZone: 'UTC', scope: {} }, NOON)).toMatchObject({ ok: true, value: { from: NOON - 7 * DAY, to: NOON } });
    const test = new TestDigest({ store, alerts, preview, sender, clock });
    expect(await test.execute('a')).toEqual({ ok: true, value: [{ channelId: 'hook', sent: true }] });
    expect(sender.sent).toMatchObject([{ test: true, edition: { name: 'Morning', every: 'week' } }]);
    sender.answer = { kind: 'failed', reason: 'It answers 500.', retry: true };
    expect(await test.execute('a')).toEqual({ ok: true, value: [{ channelId: 'hook', sent: false, reason: 'It answers 500.' }] });
    digestNews.answer = periodNews({ volume: 0 });
    expect([await test.execute('a'), await test.execute('none')]).toMatchObject([
      { ok: false, error: { outcome: 'silent' } },
      { ok: false, error: 'not-found' },
    ]);
    expect([await alerts.deliveries(5), (await store.digest('a'))?.state]).toEqual([[], { settledTo: NOON }]);
  });

  it('fails with its reason where the edition is no longer kept', async () => {
    const { tick, store, alerts, sender } = await world(digest('a'));
    sender.answer = { kind: 'failed', reason: 'It answers 500.', retry: true };
    await tick(at('2026-11-24T06:00:00Z'));
    await store.removeEditionsBefore(at('2026-12-24T06:00:00Z'));
    await tick(at('2026-11-24T06:02:00Z'));
    expect(await alerts.deliveries(5)).toMatchObject([{ state: 'failed', reason: 'What it tells of is no longer kept.' }]);
  });

  it('sends every edition exactly once, under one id for each channel, when killed at 25 random calls', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(8), fc.boolean()), { minLength: 25, maxLength: 25 }), async (kills) => {
        const { store, alerts, news, digestNews, sender, clock } = await world(digest('a', { channelIds: ['hook', 'mail'] }), digest('b', { time: '02:30' }));
        await alerts.putChannel(channel('mail'));
        const days = 30;
        // An hour without a due edition offers little to interrupt.
        const dueHours = [2, 6];
        const plan = [...kills];
        for (let hour = 0; hour < days * 24; hour += 1) {
          clock.set(NOON + hour * HOUR);
          // A process that was killed starts again two minutes later, when its leases have ended.
          for (let isOver = false; !isOver; clock.advance(2 * MINUTE)) {
            const [nth, isDone] = (dueHours.includes(new Date(NOON + hour * HOUR).getUTCHours()) && plan.shift()) || [Infinity, false];
            const dying = killedAt(nth, isDone);
            const tell = new TellAlerts({ store: dying(alerts), digests: dying(store), sender: dying(sender), clock });
            const publish = new PublishDigests({ store: dying(store), digestNews, news, clock });
            isOver = await publish
              .execute()
              .then(() => tell.execute())
              .then(
                () => true,
                () => false,
              );
          }
        }
        const byId = Map.groupBy(sender.sent, ({ id }) => id);
        const told = [...byId.values()].map(([notice]) => `${notice!.edition!.digestId} ${notice!.edition!.dueAt}`);
        expect(byId.size).toBe(3 * days);
        expect(Map.groupBy(told, (one) => one).size).toBe(2 * days);
        expect((await alerts.deliveries(1_000)).filter(({ state }) => state === 'sent')).toHaveLength(3 * days);
        for (const attempts of byId.values()) expect(new Set(attempts.map(({ edition }) => edition?.id)).size).toBe(1);
        expect(sender.sent.length - byId.size).toBeLessThanOrEqual(25);
      }),
      { numRuns: 20 },
    );
  });
});
