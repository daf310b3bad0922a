import type { CreateIngestionHarness, IngestionHarness } from './ingestion-harness';

/** What every `SeedRecord` promises. */
export function seedRecordContract(name: string, create: CreateIngestionHarness): void {
  describe(`${name}: seed record`, () => {
    let store: IngestionHarness;
    beforeEach(async () => (store = await create()));
    afterEach(() => store.close());

    it('is empty in a new store, and then keeps the latest state of each list', async () => {
      const { seeds } = store;
      expect([await seeds.state('sources'), await seeds.state('topics')]).toEqual([undefined, undefined]);
      await seeds.note('sources', 'begun');
      expect([await seeds.state('sources'), await seeds.state('topics')]).toEqual(['begun', undefined]);
      await seeds.note('topics', 'done');
      await seeds.note('sources', 'done');
      expect([await seeds.state('sources'), await seeds.state('topics')]).toEqual(['done', 'done']);
    });

    it('changes nothing that readers could see', async () => {
      const before = await store.watermark();
      await store.seeds.note('topics', 'done');
      expect(await store.watermark()).toBe(before);
    });
  });
}
