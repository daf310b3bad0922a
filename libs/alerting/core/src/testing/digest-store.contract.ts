import { DAY, HOUR, MINUTE } from '@barometer/kernel';
import { deliveriesOf } from '../domain/edition';
import type { AlertStore } from '../ports/alert-store.port';
import type { DigestStore } from '../ports/digest-store.port';
import { digest, edition, episode, NOON, NOON_HOUR, rule } from './samples';

/** What every `DigestStore` promises, beside the outbox of the alerts of the same store. */
export function digestStoreContract(name: string, make: () => Promise<{ readonly store: DigestStore; readonly alerts: AlertStore }>): void {
  describe(`DigestStore: ${name}`, () => {
    it('keeps digests, each id once, oldest first', async () => {
      const { store } = await make();
      const late = digest('a', { scope: { topicId: 'energy' }, every: 'week', weekday: 'friday' }, { createdAt: NOON + 1 });
      expect([await store.addDigest(late), await store.addDigest(late), await store.addDigest(digest('b'))]).toEqual([true, false, true]);
      expect([await store.digests(), await store.digest('a'), await store.digest('c')]).toEqual([[digest('b'), late], late, undefined]);
    });

    it('puts an edition into the outbox once, however many read the same digest', async () => {
      const { store, alerts } = await make();
      const mine = digest('a', { channelIds: ['mail', 'phone'] });
      await store.addDigest(mine);
      const told = edition('a', NOON);
      const settled = {
        digest: { ...mine, state: { settledTo: NOON, last: { dueAt: NOON, outcome: 'told' as const, skipped: 0 } } },
        edition: told,
        deliveries: deliveriesOf(mine, told, NOON + 5),
      };
      const outcomes = await Promise.all([store.settleDigest(settled), store.settleDigest(settled), store.settleDigest(settled)]);
      expect(outcomes.filter(Boolean)).toHaveLength(1);
      expect(await store.digest('a')).toEqual({ ...settled.digest, version: 2 });
      expect(await store.edition(told.id)).toEqual(told);
      expect([...(await alerts.deliveries(10))].sort((one, other) => (one.id < other.id ? -1 : 1))).toEqual(
        [...settled.deliveries].sort((one, other) => (one.id < other.id ? -1 : 1)),
      );
    });

    it('does not send an existing edition again, whatever happened to its deliveries', async () => {
      const { store, alerts } = await make();
      const mine = digest('a', { channelIds: ['mail'] });
      await store.addDigest(mine);
      const told = edition('a', NOON);
      const deliveries = deliveriesOf(mine, told, NOON);
      await store.settleDigest({ digest: mine, edition: told, deliveries });
      const [held] = await alerts.lease(NOON, NOON + MINUTE, 5);
      await alerts.settle({ ...held!, state: 'sent', attempts: 1, sentAt: NOON, availableAt: NOON }, NOON + MINUTE);
      expect(await store.settleDigest({ digest: { ...mine, version: 2 }, edition: { ...told, name: 'Another' }, deliveries })).toBe(true);
      expect([(await store.edition(told.id))?.name, (await store.digest('a'))?.version, await alerts.lease(NOON + HOUR, NOON + 2 * HOUR, 5)]).toEqual([
        told.name,
        3,
        [],
      ]);
      expect((await alerts.deliveries(5)).map(({ state }) => state)).toEqual(['sent']);
    });

    it('uses the outbox as alerts do: leases, failures, redrive', async () => {
      const { store, alerts } = await make();
      const mine = digest('a', { channelIds: ['mail'] });
      await store.addDigest(mine);
      await alerts.addRule(rule('r'));
      await alerts.keep({
        rule: rule('r'),
        opened: [episode('r', NOON_HOUR)],
        closed: [],
        tellings: [{ id: 't', channelId: 'mail', episodeId: episode('r', NOON_HOUR).id, event: 'opened', availableAt: NOON }],
      });
      await store.settleDigest({ digest: mine, edition: edition('a', NOON), deliveries: deliveriesOf(mine, edition('a', NOON), NOON) });
      expect(await alerts.gather(NOON, () => `${NOON + 1}-alerts`)).toBe(1);
      const leased = await alerts.lease(NOON, NOON + MINUTE, 5);
      expect(leased.map(({ editionId, told }) => [editionId, told.length])).toEqual([
        [edition('a', NOON).id, 0],
        [undefined, 1],
      ]);
      await alerts.settle({ ...leased[0]!, state: 'failed', attempts: 1, reason: 'no' }, NOON + MINUTE);
      expect(await alerts.redrive(NOON + 5)).toBe(1);
      expect(await alerts.lease(NOON + 5, NOON + MINUTE, 5)).toMatchObject([{ editionId: edition('a', NOON).id, attempts: 0 }]);
    });

    it('removes a digest, and keeps its editions', async () => {
      const { store, alerts } = await make();
      const mine = digest('a', { channelIds: ['mail'] });
      await store.addDigest(mine);
      await store.settleDigest({ digest: mine, edition: edition('a', NOON), deliveries: deliveriesOf(mine, edition('a', NOON), NOON) });
      expect([await store.removeDigest('a'), await store.removeDigest('a'), await store.digests()]).toEqual([true, false, []]);
      expect(await store.settleDigest({ digest: { ...mine, version: 2 }, deliveries: [] })).toBe(false);
      expect([(await store.edition(edition('a', NOON).id))?.digestId, (await alerts.deliveries(5)).length]).toEqual(['a', 1]);
    });

    it('removes editions that are too old', async () => {
      const { store } = await make();
      const mine = digest('a');
      await store.addDigest(mine);
      await store.settleDigest({ digest: mine, edition: edition('a', NOON - DAY), deliveries: [] });
      await store.settleDigest({ digest: { ...mine, version: 2 }, edition: edition('a', NOON), deliveries: [] });
      await store.removeEditionsBefore(NOON);
      expect([await store.edition(edition('a', NOON - DAY).id), (await store.edition(edition('a', NOON).id))?.dueAt]).toEqual([undefined, NOON]);
    });
  });
}
