import { canaryIdOf, canarySentences, type CanaryAnswer, type CanaryRecord, type CanaryStore } from '../index';

export interface CanaryHarness {
  readonly canaries: CanaryStore;
  /** Another instance on the same store, like that of another process. */
  again(): CanaryStore;
  watermark(): Promise<string>;
  close(): Promise<void>;
}

const at = Date.UTC(2026, 10, 27, 12);
const canary = (sentAt: number): CanaryRecord => ({ id: canaryIdOf(sentAt), sentAt, summary: '', ...canarySentences[0] });
const answer = (answeredAt: number): CanaryAnswer => ({ label: 'positive', tone: 0.9, model: { id: 'm', revision: '1' }, answeredAt });

/** The contract of every `CanaryStore`. */
export function canaryStoreContract(name: string, create: () => Promise<CanaryHarness>): void {
  describe(`${name}: canary store`, () => {
    let store: CanaryHarness;
    beforeEach(async () => (store = await create()));
    afterEach(() => store.close());

    it('is empty at first, and then keeps the latest canary, for every process', async () => {
      const { canaries } = store;
      expect(await canaries.read()).toBeUndefined();
      const first = { ...canary(at), before: { state: 'late', sentAt: at - 1, expected: 'negative' } as const };
      expect(await canaries.send(first, undefined)).toBe(true);
      expect(await store.again().read()).toEqual(first);
      expect(await canaries.send(canary(at + 1), first.id)).toBe(true);
      expect(await canaries.read()).toEqual(canary(at + 1));
    });

    it('accepts one of two that are sent at once', async () => {
      const two = [store.canaries, store.again()];
      expect((await Promise.all(two.map((one, index) => one.send(canary(at + index), undefined)))).sort()).toEqual([false, true]);
      const present = (await store.canaries.read())!;
      expect((await Promise.all(two.map((one, index) => one.send(canary(at + 10 + index), present.id)))).sort()).toEqual([false, true]);
      expect(await store.canaries.send(canary(at + 20), undefined)).toBe(false);
      expect(await store.canaries.send(canary(at + 20), present.id)).toBe(false);
    });

    it('keeps the first answer, and only to the latest canary', async () => {
      const { canaries } = store;
      expect(await canaries.answer(canaryIdOf(at), answer(at))).toBe(false);
      await canaries.send(canary(at), undefined);
      expect(await canaries.answer(canaryIdOf(at - 1), answer(at))).toBe(false);
      expect(await canaries.read()).toEqual(canary(at));
      expect(await canaries.answer(canaryIdOf(at), answer(at + 5))).toBe(true);
      expect(await store.again().answer(canaryIdOf(at), answer(at + 9))).toBe(false);
      expect(await canaries.read()).toEqual({ ...canary(at), answer: answer(at + 5) });
      await canaries.send(canary(at + 1), canaryIdOf(at));
      expect(await canaries.read()).toEqual(canary(at + 1));
    });

    it('changes nothing that readers can see', async () => {
      const before = await store.watermark();
      await store.canaries.send(canary(at), undefined);
      await store.canaries.answer(canaryIdOf(at), answer(at));
      expect(await store.watermark()).toBe(before);
    });
  });
}
