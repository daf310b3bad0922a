import { MINUTE } from '@barometer/kernel';
import type { Telling } from '../domain/delivery';
import type { AlertStore } from '../ports/alert-store.port';
import { channel, episode, NOON, NOON_HOUR, rule } from './samples';

const telling = (id: string, episodeId: string, channelId = 'mail', availableAt = NOON): Telling => ({
  id,
  channelId,
  episodeId,
  event: 'opened',
  availableAt,
});
const ids = () => {
  let last = 0;
  return () => `d${(last += 1)}`;
};

/** What every `AlertStore` promises. */
export function alertStoreContract(name: string, make: () => Promise<AlertStore>): void {
  describe(`AlertStore: ${name}`, () => {
    it('keeps rules, each id once', async () => {
      const store = await make();
      const full = rule('a', { scope: { topicId: 'energy' }, quiet: { from: '22:00', to: '07:00', timeZone: 'Europe/Vienna' }, channelIds: ['mail'] });
      expect([await store.addRule(full), await store.addRule(full), await store.addRule(rule('b'))]).toEqual([true, false, true]);
      expect([await store.rules(), await store.rule('a'), await store.rule('c')]).toEqual([[full, rule('b')], full, undefined]);
    });

    it('stores what an evaluation found once, however many evaluators read the same rule', async () => {
      const store = await make();
      await store.addRule(rule('a'));
      const findings = {
        rule: {
          ...rule('a'),
          state: { evaluatedTo: NOON_HOUR, steadySince: 1, subjects: { '': { breachHours: 1, calmHours: 0, blankHours: 0, openedHour: NOON_HOUR } } },
        },
        opened: [episode('a', NOON_HOUR)],
        closed: [],
        tellings: [telling('t', episode('a', NOON_HOUR).id)],
      };
      const outcomes = await Promise.all([store.keep(findings), store.keep(findings), store.keep(findings)]);
      expect(outcomes.filter(Boolean)).toHaveLength(1);
      expect(await store.rule('a')).toEqual({ ...findings.rule, version: 2 });
      expect(await store.episodes({ limit: 10 })).toEqual([episode('a', NOON_HOUR)]);
      expect(await store.gather(NOON, ids())).toBe(1);
      expect((await store.deliveries(10))[0]?.told).toEqual([{ episodeId: episode('a', NOON_HOUR).id, event: 'opened' }]);
    });

    it('does not send an existing episode again, and closes one', async () => {
      const store = await make();
      const first = episode('a', NOON_HOUR);
      await store.addRule(rule('a'));
      await store.keep({ rule: rule('a'), opened: [first], closed: [], tellings: [] });
      expect(
        await store.keep({
          rule: { ...rule('a'), version: 2 },
          opened: [first, episode('a', NOON_HOUR + 1)],
          closed: [{ id: first.id, closedAt: NOON + 1, reason: 'over' }],
          tellings: [telling('again', first.id), telling('new', episode('a', NOON_HOUR + 1).id)],
        }),
      ).toBe(true);
      await store.gather(NOON, ids());
      expect((await store.deliveries(10)).flatMap(({ told }) => told.map(({ episodeId }) => episodeId))).toEqual([episode('a', NOON_HOUR + 1).id]);
      expect(await store.episodes({ limit: 10 })).toEqual([episode('a', NOON_HOUR + 1), { ...first, closedAt: NOON + 1, closedReason: 'over' }]);
    });

    it('pages through episodes, latest first, of one rule if asked', async () => {
      const store = await make();
      await store.addRule(rule('a'));
      await store.addRule(rule('b'));
      const all = [1, 2, 3, 4].map((hour) => episode('a', NOON_HOUR + hour));
      await store.keep({ rule: rule('a'), opened: all, closed: [], tellings: [] });
      await store.keep({ rule: rule('b'), opened: [episode('b', NOON_HOUR + 9)], closed: [], tellings: [] });
      expect((await store.episodes({ ruleId: 'a', limit: 2 })).map(({ openedHour }) => openedHour - NOON_HOUR)).toEqual([4, 3]);
      expect((await store.episodes({ ruleId: 'a', limit: 5, after: all[2]!.id })).map(({ openedHour }) => openedHour - NOON_HOUR)).toEqual([2, 1]);
      expect((await store.episodes({ limit: 1 }))[0]?.ruleId).toBe('b');
      expect(await store.episodesOf([all[0]!.id, 'none'])).toEqual([all[0]]);
    });

    it('removes a rule only in the version that was read, and closes what was open', async () => {
      const store = await make();
      await store.addRule(rule('a'));
      await store.keep({ rule: rule('a'), opened: [episode('a', NOON_HOUR)], closed: [], tellings: [] });
      const closed = [{ id: episode('a', NOON_HOUR).id, closedAt: NOON, reason: 'rule-removed' as const }];
      expect([
        await store.removeRule(rule('a'), closed),
        await store.removeRule({ ...rule('a'), version: 2 }, closed),
        await store.removeRule({ ...rule('a'), version: 2 }, []),
      ]).toEqual([false, true, false]);
      expect([await store.rules(), (await store.episodes({ limit: 1 }))[0]?.closedReason]).toEqual([[], 'rule-removed']);
    });

    it('keeps channels', async () => {
      const store = await make();
      await store.putChannel(channel('mail', { target: { kind: 'email', secret: 'smtp', from: 'a@example.org', to: ['b@example.org'] } }));
      await store.putChannel(channel('hook'));
      await store.putChannel(channel('hook', { disabled: 'it is gone' }));
      expect((await store.channels()).map(({ id, disabled }) => [id, disabled])).toEqual([
        ['hook', 'it is gone'],
        ['mail', undefined],
      ]);
      expect([await store.removeChannel('hook'), await store.removeChannel('hook')]).toEqual([true, false]);
    });

    it('makes one delivery for each channel from due notifications, and leaves the others', async () => {
      const store = await make();
      await store.addRule(rule('a'));
      const opened = [0, 1, 2].map((hour) => episode('a', NOON_HOUR + hour));
      const tellings = [
        telling('1', opened[0]!.id),
        telling('2', opened[1]!.id),
        telling('3', opened[1]!.id, 'hook'),
        telling('4', opened[2]!.id, 'mail', NOON + MINUTE),
      ];
      await store.keep({ rule: rule('a'), opened, closed: [], tellings });
      expect([await store.gather(NOON, ids()), await store.gather(NOON, ids())]).toEqual([2, 0]);
      const told = (await store.deliveries(10)).map(({ channelId, told: all }) => [channelId, all.length]).sort();
      expect(told).toEqual([
        ['hook', 1],
        ['mail', 2],
      ]);
      expect(await store.gather(NOON + MINUTE, () => 'late')).toBe(1);
    });

    it('leases a due delivery to one caller at a time, and lets only the lease holder settle it', async () => {
      const store = await make();
      await store.addRule(rule('a'));
      await store.keep({ rule: rule('a'), opened: [episode('a', NOON_HOUR)], closed: [], tellings: [telling('1', episode('a', NOON_HOUR).id)] });
      await store.gather(NOON, ids());
      const leases = await Promise.all([store.lease(NOON, NOON + MINUTE, 5), store.lease(NOON, NOON + MINUTE + 1, 5)]);
      expect(leases.flat()).toHaveLength(1);
      const held = leases.flat()[0]!;
      expect(await store.lease(NOON + 1, NOON + 2 * MINUTE, 5)).toEqual([]);
      const [taken] = await store.lease(NOON + MINUTE + 1, NOON + 3 * MINUTE, 5);
      expect(await store.settle({ ...held, state: 'sent', sentAt: NOON }, held.availableAt)).toBe(false);
      const failed = { ...taken!, state: 'failed' as const, attempts: 1, reason: 'it said no', availableAt: NOON };
      expect(await store.settle(failed, taken!.availableAt)).toBe(true);
      expect(await store.deliveries(5)).toEqual([failed]);
      expect(await store.lease(NOON + 9 * MINUTE, NOON + 10 * MINUTE, 5)).toEqual([]);
    });

    it('redrives what has failed', async () => {
      const store = await make();
      await store.addRule(rule('a'));
      await store.keep({ rule: rule('a'), opened: [episode('a', NOON_HOUR)], closed: [], tellings: [telling('1', episode('a', NOON_HOUR).id)] });
      await store.gather(NOON, ids());
      const [held] = await store.lease(NOON, NOON + MINUTE, 5);
      await store.settle({ ...held!, state: 'failed', reason: 'no' }, NOON + MINUTE);
      expect([await store.redrive(NOON + 5, ['other']), await store.redrive(NOON + 5), await store.redrive(NOON + 5)]).toEqual([0, 1, 0]);
      expect(await store.lease(NOON + 5, NOON + MINUTE, 5)).toHaveLength(1);
    });

    it('removes what is too old, but no open episode', async () => {
      const store = await make();
      await store.addRule(rule('a'));
      await store.keep({
        rule: rule('a'),
        opened: [episode('a', NOON_HOUR, { closedAt: NOON, closedReason: 'over' }), episode('a', NOON_HOUR + 1)],
        closed: [],
        tellings: [],
      });
      await store.removeBefore(NOON + 1);
      expect((await store.episodes({ limit: 5 })).map(({ openedHour }) => openedHour)).toEqual([NOON_HOUR + 1]);
    });
  });
}
