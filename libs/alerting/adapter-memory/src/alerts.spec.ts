import { BacktestRule, ChangeRule, AddRule, EvaluateAlerts, RemoveRule, TellAlerts, TestChannel, type AlertRule } from '@barometer/alerting';
import { channel, FakeNews, FakeSender, form, killedAt, NOON_HOUR, rule } from '@barometer/alerting/testing';
import { DAY, HOUR, ManualClock, MINUTE } from '@barometer/kernel';
import * as fc from 'fast-check';
import { MemoryAlertStore } from './memory-alert-store';
import { MemoryDigestStore } from './memory-digest-store';

/** A quarter past the end of an hour. */
const after = (hour: number) => (hour + 1) * HOUR + 15 * MINUTE;

async function world(...rules: AlertRule[]) {
  const [store, news, sender, clock] = [new MemoryAlertStore(), new FakeNews(), new FakeSender(), new ManualClock(after(NOON_HOUR - 1))];
  await store.putChannel(channel('hook'));
  for (const one of rules) await store.addRule(one);
  const evaluate = new EvaluateAlerts({ store, news, clock });
  const tell = new TellAlerts({ store, digests: new MemoryDigestStore(store), sender, clock, home: () => 'http://127.0.0.1:4600' });
  return { store, news, sender, clock, evaluate, tell, tick: async (hour: number) => (clock.set(after(hour)), await evaluate.execute(), await tell.execute()) };
}

describe('alerts', () => {
  it('notifies of an episode once, with its explanation, and of its end where the rule says so', async () => {
    const { news, sender, tick, store } = await world(rule('a', { channelIds: ['hook'], tellEnd: true, scope: { topicId: 'energy' } }));
    news
      .hour(NOON_HOUR, [-0.5, -0.7])
      .hour(NOON_HOUR + 1, [-0.6])
      .hour(NOON_HOUR + 2, [0.2]);
    for (const hour of [NOON_HOUR, NOON_HOUR, NOON_HOUR + 1, NOON_HOUR + 2]) await tick(hour);
    expect(sender.sent.map(({ items }) => items.map(({ event }) => event))).toEqual([['opened'], ['closed']]);
    expect(sender.sent[0]?.items[0]?.episode).toMatchObject({
      sentence: 'The mood of energy over the last hour is −0.60, under −0.40.',
      value: -0.6,
      volume: 2,
      drivers: [
        { name: 'Gas', effect: -0.12 },
        { name: 'Floods', effect: -0.05 },
      ],
      headlines: [{ tone: -0.7 }, { tone: -0.5 }],
      view: '?from=2026-11-23T12%3A00%3A00.000Z&to=2026-11-23T13%3A00%3A00.000Z&topic=energy',
    });
    expect((await store.episodes({ limit: 5 })).map(({ closedReason }) => closedReason)).toEqual(['over']);
  });

  it('fires once however many evaluators run at the same time', async () => {
    const { store, news, clock, sender, evaluate, tell } = await world(rule('a', { channelIds: ['hook'] }));
    news.hour(NOON_HOUR, [-0.9]);
    clock.set(after(NOON_HOUR));
    const others = [1, 2, 3].map(() => new EvaluateAlerts({ store, news, clock }));
    await Promise.all([evaluate, ...others].map((one) => one.execute()));
    await Promise.all([tell.execute(), new TellAlerts({ store, digests: new MemoryDigestStore(store), sender, clock }).execute()]);
    expect([sender.sent.length, (await store.episodes({ limit: 9 })).length]).toEqual([1, 1]);
  });

  it('makes one notice of many episodes', async () => {
    const { news, sender, tick } = await world(...['a', 'b', 'c'].map((id) => rule(id, { channelIds: ['hook'] })));
    news.hour(NOON_HOUR, [-0.9]);
    await tick(NOON_HOUR);
    expect(sender.sent.map(({ items }) => items.length)).toEqual([3]);
  });

  it('waits for the end of quiet hours', async () => {
    const { news, sender, tick, clock, tell } = await world(rule('a', { channelIds: ['hook'], quiet: { from: '12:00', to: '14:00', timeZone: 'UTC' } }));
    news.hour(NOON_HOUR, [-0.9]);
    await tick(NOON_HOUR);
    expect(sender.sent).toHaveLength(0);
    clock.set((NOON_HOUR + 2) * HOUR);
    await tell.execute();
    expect(sender.sent).toHaveLength(1);
  });

  it('fires nothing about the past: neither late articles nor hours of a long pause', async () => {
    const { news, sender, tick, store } = await world(rule('a', { channelIds: ['hook'] }));
    news.hour(NOON_HOUR, [0]);
    await tick(NOON_HOUR);
    news.hour(NOON_HOUR, [-1, -1, -1]);
    news
      .hour(NOON_HOUR + 2, [-0.9])
      .hour(NOON_HOUR + 3, [0.5])
      .hour(NOON_HOUR + 20, [0]);
    await tick(NOON_HOUR + 20);
    expect(sender.sent).toEqual([]);
    expect((await store.episodes({ limit: 9 })).map(({ openedHour, closedReason }) => [openedHour - NOON_HOUR, closedReason])).toEqual([[2, 'over']]);
  });

  it('goes on after a clock that was ahead for years', async () => {
    const { news, sender, tick } = await world(rule('a', { channelIds: ['hook'] }));
    await tick(NOON_HOUR + 5 * 365 * 24);
    await tick(NOON_HOUR);
    news.hour(NOON_HOUR + 1, [-0.9]);
    await tick(NOON_HOUR + 1);
    expect(sender.sent).toHaveLength(1);
  });

  it('keeps an episode unchanged while the clock jumps ahead, back and ahead again, and judges no hour twice', async () => {
    const { news, tick, store } = await world(rule('a', { cooldownHours: 0 }));
    for (let hour = -300; hour <= 0; hour += 1) news.hour(NOON_HOUR + hour, [-0.9]);
    for (const hour of [0, 14, 14 - 240, 14]) await tick(NOON_HOUR + hour);
    expect((await store.episodes({ limit: 9 })).map(({ openedHour, closedAt }) => [openedHour - NOON_HOUR, closedAt])).toEqual([[0, undefined]]);
    news.hour(NOON_HOUR + 15, [0.5]);
    await tick(NOON_HOUR + 15);
    expect((await store.episodes({ limit: 9 })).map(({ closedAt }) => closedAt)).toEqual([(NOON_HOUR + 16) * HOUR]);
  });

  it('keeps rules and episodes together, and never fires for an hour before one that was judged, whatever the clock does', async () => {
    const jump = fc.oneof({ weight: 4, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: fc.integer({ min: -300, max: 300 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(jump, { minLength: 10, maxLength: 60 }), fc.integer({ min: 2, max: 5 }), fc.boolean(), async (jumps, every, isAlwaysHeard) => {
        const { news, tick, store, sender } = await world(
          rule('a', { cooldownHours: 0, channelIds: ['hook'], tellEnd: true }),
          rule('b', { condition: { kind: 'phrase', phrase: 'gas' }, windowHours: 4, cooldownHours: 0 }),
        );
        const heard = (hour: number) => isAlwaysHeard || Math.floor(hour / 20) % 3 !== 0;
        for (let hour = NOON_HOUR - 1_000; hour < NOON_HOUR + 1_000; hour += 1)
          if (heard(hour)) news.hour(hour, [hour % every === 0 ? -0.9 : 0.5], hour % 9 === 0 ? { title: 'Gas' } : {});
        let hour = NOON_HOUR;
        for (const by of jumps) {
          const before = new Map((await store.rules()).map(({ id, state }) => [id, state.judgedTo ?? 0]));
          const known = new Set((await store.episodes({ limit: 1_000 })).map(({ id }) => id));
          hour = Math.max(NOON_HOUR - 900, Math.min(NOON_HOUR + 900, hour + by));
          await tick(hour);
          const episodes = await store.episodes({ limit: 1_000 });
          for (const { id, ruleId, openedHour } of episodes) if (!known.has(id)) expect(openedHour).toBeGreaterThan(before.get(ruleId) ?? 0);
          for (const { openedAt, closedAt = Infinity } of episodes) expect(closedAt).toBeGreaterThan(openedAt);
          const ringing = (await store.rules()).flatMap(({ id, state }) =>
            Object.values(state.subjects).flatMap(({ openedHour }) => (openedHour === undefined ? [] : [`${id} ${openedHour}`])),
          );
          expect(
            episodes
              .filter(({ closedAt }) => closedAt === undefined)
              .map(({ ruleId, openedHour }) => `${ruleId} ${openedHour}`)
              .sort(),
          ).toEqual(ringing.sort());
        }
        const told = sender.sent.flatMap(({ items }) => items.map(({ event, episode }) => `${event} ${episode.id}`));
        expect(new Set(told).size).toBe(told.length);
      }),
      { numRuns: 60, seed: 9 },
    );
  });

  it('reports that it waits for a clock that is behind, once an hour', async () => {
    const { news, store, clock } = await world(rule('a'));
    news.hour(NOON_HOUR, [0]);
    const lines: string[] = [];
    const evaluate = new EvaluateAlerts({ store, news, clock, log: (line) => lines.push(line) });
    for (const hour of [0, -5, -5, -4]) {
      clock.set(after(NOON_HOUR + hour));
      await evaluate.execute();
    }
    expect(lines).toEqual(Array(2).fill('the alert rule "Dark energy" waits: it has judged the hours up to 2026-11-23T13:00:00.000Z, and the clock is behind'));
  });

  it.each([[{ kind: 'phrase', phrase: 'gas' }], [{ kind: 'story', publishers: 2 }]])(
    'fires for %j that was found in a window with gaps, in the backtest too',
    async (condition) => {
      const { news, tick, store, clock } = await world(rule('a', { condition, windowHours: 12, leastArticles: undefined, channelIds: ['hook'] }));
      for (const publisher of ['A', 'B']) news.hour(NOON_HOUR, [0], { title: 'Gas is dear', storyId: 's', publisher });
      await tick(NOON_HOUR);
      expect((await store.episodes({ limit: 9 })).map(({ openedHour, closedAt }) => [openedHour - NOON_HOUR, closedAt])).toEqual([[0, undefined]]);
      const { episodes, judgedHours } = await new BacktestRule({ news, clock }).execute(form({ condition, windowHours: 12, leastArticles: undefined }));
      expect([episodes.map(({ openedAt }) => openedAt), judgedHours]).toEqual([[(NOON_HOUR + 1) * HOUR], 1]);
    },
  );

  it('opens an episode at the end of its hour, live as in the backtest, and names the period when it was found late', async () => {
    const { news, tick, store, clock } = await world(rule('a'), rule('b', { windowHours: 24 }));
    for (let hour = -24; hour <= 0; hour += 1) news.hour(NOON_HOUR + hour, [hour === 0 ? -0.9 : 0]);
    news.hour(NOON_HOUR, Array(99).fill(-0.9));
    await tick(NOON_HOUR + 4);
    const kept = await store.episodes({ limit: 9 });
    expect(kept.map(({ openedAt, evaluatedAt }) => [openedAt, evaluatedAt])).toEqual(Array(2).fill([(NOON_HOUR + 1) * HOUR, after(NOON_HOUR + 4)]));
    expect(kept.map(({ sentence }) => sentence).sort()).toEqual([
      'The mood of all news from 12:00 to 13:00 UTC is −0.90, under −0.40.',
      expect.stringContaining('The mood of all news from 2026-11-22 13:00 to 2026-11-23 13:00 UTC is'),
    ]);
    expect((await new BacktestRule({ news, clock }).execute(form())).episodes.map(({ openedAt, sentence }) => [openedAt, sentence])).toEqual([
      [kept[0]?.openedAt, 'The mood of all news from 12:00 to 13:00 UTC is −0.90, under −0.40.'],
    ]);
  });

  it('reports a rule as broken when its topic is gone, and ends its episode', async () => {
    const { news, tick, store } = await world(rule('a', { scope: { topicId: 'energy' } }));
    news.hour(NOON_HOUR, [-0.9]);
    await tick(NOON_HOUR);
    news.gone = true;
    await tick(NOON_HOUR + 1);
    await tick(NOON_HOUR + 2);
    expect([(await store.rule('a'))?.broken, (await store.episodes({ limit: 9 }))[0]?.closedReason]).toEqual(['what it listens to is gone', 'scope-gone']);
  });

  it('notices silence while sources are polled, also when no source can be read, and not during a pause', async () => {
    const { news, sender, tick } = await world(rule('a', { condition: { kind: 'silence' }, windowHours: 3, channelIds: ['hook'] }));
    news.hour(NOON_HOUR, [0]);
    await tick(NOON_HOUR);
    for (const hour of [9, 10, 11]) await tick(NOON_HOUR + hour);
    expect(sender.sent).toHaveLength(1);
    expect(sender.sent[0]?.items[0]?.episode.sentence).toBe('Nothing was heard from all news for 3 hours.');
  });

  it('gives up on a receiver after a day, with the reason, and delivers after a redrive', async () => {
    const { news, sender, tick, clock, tell, store } = await world(rule('a', { channelIds: ['hook'] }));
    sender.answer = { kind: 'failed', reason: 'It answers 500.', retry: true };
    news.hour(NOON_HOUR, [-0.9]);
    await tick(NOON_HOUR);
    for (let minutes = 0; minutes < 26 * 60; minutes += 5) {
      clock.advance(5 * MINUTE);
      await tell.execute();
    }
    expect((await store.deliveries(5)).map(({ state, attempts, reason }) => [state, attempts, reason])).toEqual([['failed', 9, 'It answers 500.']]);
    expect(new Set(sender.sent.map(({ id }) => id)).size).toBe(1);
    sender.answer = { kind: 'sent' };
    await store.redrive(clock.now());
    await tell.execute();
    expect((await store.deliveries(5))[0]?.state).toBe('sent');
  });

  it('switches a channel off whose receiver is gone, until a test arrives', async () => {
    const { news, sender, tick, store, clock } = await world(rule('a', { channelIds: ['hook'] }));
    sender.answer = { kind: 'failed', reason: 'It answers 410.', retry: false, gone: true };
    news.hour(NOON_HOUR, [-0.9]);
    await tick(NOON_HOUR);
    expect((await store.channels())[0]?.disabled).toBe('It answers 410.');
    sender.answer = { kind: 'sent' };
    expect(await new TestChannel({ store, sender, clock }).execute('hook')).toEqual({ ok: true, value: { kind: 'sent' } });
    expect((await store.channels())[0]?.disabled).toBeUndefined();
    expect(await new TestChannel({ store, sender, clock }).execute('none')).toEqual({ ok: false, error: 'not-found' });
  });

  it('refuses unknown references, ends episodes of a rule that measures something else, and deletes a rule', async () => {
    const { store, news, clock, tick } = await world(rule('a'));
    const deps = { store, news, clock };
    expect(await new AddRule(deps).execute(form({ channelIds: ['nowhere'] }))).toMatchObject({ ok: false, error: { field: 'channelIds' } });
    news.hour(NOON_HOUR, [-0.9]);
    await tick(NOON_HOUR);
    expect(await new ChangeRule(deps).execute('a', form({ name: 'Other name' }))).toMatchObject({ ok: true });
    expect((await store.episodes({ limit: 1 }))[0]?.closedAt).toBeUndefined();
    await new ChangeRule(deps).execute('a', form({ windowHours: 2 }));
    expect((await store.episodes({ limit: 1 }))[0]?.closedReason).toBe('rule-changed');
    expect([await new RemoveRule(deps).execute('a'), await new RemoveRule(deps).execute('a')]).toEqual([true, false]);
  });

  const conditions = fc.constantFrom(
    { kind: 'tone', side: 'under', tone: -0.4 },
    { kind: 'unusual', direction: 'darker', beyond: 0 },
    { kind: 'volume', times: 2 },
    { kind: 'story', publishers: 2 },
    { kind: 'phrase', phrase: 'gas' },
  );

  it('fires live, hour by hour, as the backtest says', async () => {
    await fc.assert(
      fc.asyncProperty(
        conditions,
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 2 }),
        fc.array(fc.record({ tone: fc.double({ min: -1, max: 0.5, noNaN: true }), count: fc.nat(4), observed: fc.boolean(), word: fc.boolean() }), {
          minLength: 30,
          maxLength: 100,
        }),
        async (condition, windowHours, holdHours, hours) => {
          const first = NOON_HOUR - hours.length;
          const change = { condition, windowHours, holdHours, leastArticles: 1, cooldownHours: 3 };
          const { news, tick, store, clock } = await world(rule('a', change, { state: { evaluatedTo: first - 1, steadySince: first, subjects: {} } }));
          hours.forEach(({ tone, count, observed, word }, index) => {
            for (let each = 0; each < count; each += 1)
              news.hour(first + index, [tone], { publisher: `p${each}`, storyId: `s${index % 3}`, title: word ? 'Gas is dear' : 'Rain' });
            news.listened.delete(first + index);
            if (observed) news.listened.add(first + index);
          });
          for (let hour = first; hour < NOON_HOUR; hour += 1) await tick(hour);
          const { episodes } = await new BacktestRule({ news, clock }).execute(form(change));
          const live = await store.episodes({ limit: 1_000 });
          expect(live.map(({ openedHour, value, closedReason }) => [(openedHour + 1) * HOUR, value, closedReason !== undefined]).sort()).toEqual(
            episodes.map(({ openedAt, value, closedAt }) => [openedAt, value, closedAt !== undefined]).sort(),
          );
        },
      ),
      { numRuns: 40 },
    );
  });

  it('loses no episode and sends none under two ids when killed at 25 random calls', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(9), fc.boolean()), { minLength: 25, maxLength: 25 }), async (kills) => {
        const { store, news, sender, clock } = await world(...['a', 'b'].map((id) => rule(id, { channelIds: ['hook'], cooldownHours: 0, hysteresis: 0 })));
        const hours = 40;
        for (let hour = 0; hour < hours; hour += 1) news.hour(NOON_HOUR + hour, [hour % 2 === 0 ? -0.9 : 0]);
        const plan = [...kills];
        for (let hour = 0; hour < hours; hour += 1) {
          clock.set(after(NOON_HOUR + hour));
          // A process that was killed starts again two minutes later, when its leases have ended.
          for (let isOver = false; !isOver; clock.advance(2 * MINUTE)) {
            const [at, isDone] = plan.shift() ?? [Infinity, false];
            const dying = killedAt(at, isDone);
            const tell = new TellAlerts({ store: dying(store), digests: new MemoryDigestStore(store), sender: dying(sender), clock });
            isOver = await new EvaluateAlerts({
              store: dying(store),
              news,
              clock,
              log: (line) => {
                throw new Error(line);
              },
            })
              .execute()
              .then(() => tell.execute())
              .then(
                () => true,
                () => false,
              );
          }
        }
        const kept = (await store.episodes({ limit: 1_000 })).map(({ id }) => id).sort();
        const byId = Map.groupBy(sender.sent, ({ id }) => id);
        const told = [...byId.values()].flatMap(([notice]) => notice?.items.map(({ episode }) => episode.id) ?? []).sort();
        expect([kept.length, told]).toEqual([40, kept]);
        for (const attempts of byId.values()) expect(new Set(attempts.map(({ items }) => JSON.stringify(items.map(({ episode }) => episode.id)))).size).toBe(1);
      }),
      { numRuns: 20 },
    );
  });

  it('answers with the latest days while the rest is looked at, and takes over what has settled', async () => {
    const { news, clock } = await world();
    for (let hour = NOON_HOUR - 40 * 24; hour < NOON_HOUR; hour += 1) news.hour(hour, [hour % 100 === 0 ? -0.9 : -0.1]);
    const asked: number[] = [];
    jest.spyOn(news, 'usual').mockImplementation(async (_scope, windows) => {
      asked.push(windows.length);
      await new Promise((resolve) => setTimeout(resolve, asked.length === 1 ? 0 : 30));
      return windows.map(() => news.usualTones);
    });
    const backtest = new BacktestRule({ news, clock });
    const unusual = form({ condition: { kind: 'unusual' } });
    const early = await backtest.execute(unusual, 10);
    const late = await backtest.execute(unusual, Infinity);
    expect([early.isComplete, early.to - early.from, late.isComplete, late.to - late.from]).toEqual([false, expect.any(Number), true, 30 * DAY]);
    expect(early.to - early.from).toBeLessThan(30 * DAY);
    expect(late.episodes).toHaveLength(7);
    asked.length = 0;
    clock.advance(HOUR);
    news.hour(NOON_HOUR, [-0.1]);
    expect((await backtest.execute(unusual, Infinity)).episodes).toHaveLength(7);
    expect(asked.reduce((sum, count) => sum + count, 0)).toBe(49);
  });

  it('answers other thresholds from facts that are known', async () => {
    const { news, clock } = await world();
    for (let hour = NOON_HOUR - 40 * 24; hour < NOON_HOUR; hour += 1) news.hour(hour, [hour % 100 === 0 ? -0.9 : -0.1]);
    const asked = jest.spyOn(news, 'volumes');
    const backtest = new BacktestRule({ news, clock });
    const counts = [];
    for (const tone of [-0.5, -0.05, -0.95]) counts.push((await backtest.execute(form({ condition: { kind: 'tone', side: 'under', tone } }))).episodes.length);
    expect([counts, asked.mock.calls.length]).toEqual([[7, 1, 0], 1]);
    expect((await backtest.execute(form())).to - (await backtest.execute(form())).from).toBe(30 * DAY);
  });
});
