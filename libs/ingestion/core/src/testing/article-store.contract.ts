import { expectedRollups, sentimentWith } from '@barometer/events/testing';
import { HOUR, scopeKey } from '@barometer/kernel';
import { articleNamed, expiryIn, hoursAgo, idOf, NOW, type CreateIngestionHarness, type IngestionHarness } from './ingestion-harness';
import { ingestionProperties } from './ingestion-properties';

const rule = { anyOf: ['title'], allOf: [], noneOf: [] };
const energy = { topicId: 'energy', version: 1 };

/** The contract of every `ArticleStore`. */
export function articleStoreContract(name: string, create: CreateIngestionHarness): void {
  describe(`${name}: article store`, () => {
    let store: IngestionHarness;
    beforeEach(async () => (store = await create()));
    afterEach(() => store.close());

    const stored = async (article: string) => (await store.probe.articles()).find((one) => one.id === idOf(article));
    const expectInvariant = async () => expect(await store.probe.rollups()).toEqual(expectedRollups(await store.probe.articles()));

    it('stores new articles as pending or skipped, and returns which', async () => {
      const skipped = articleNamed('skipped', { status: { state: 'skipped', reason: 'language' } });
      const report = await store.articles.addAll([articleNamed('one'), skipped, articleNamed('two')], NOW);
      expect(report).toEqual({ pending: [idOf('one'), idOf('two')], skipped: 1, linked: 0, changed: 0, known: 0 });
      expect(await stored('one')).toMatchObject({ state: 'pending', receives: 0, changes: 0 });
      expect(await stored('skipped')).toMatchObject({ state: 'skipped', reason: 'language' });
    });

    it('keeps the first article with an id, also within a batch', async () => {
      const again = articleNamed('one', { url: 'https://example.org/other', publishedAt: hoursAgo(5) });
      expect(await store.articles.addAll([articleNamed('one'), again], NOW)).toMatchObject({ pending: [idOf('one')], known: 1 });
      expect(await store.articles.addAll([again], NOW)).toMatchObject({ pending: [], known: 1 });
      expect(await store.probe.articles()).toHaveLength(1);
    });

    it('stores articles of one batch that share a key, gives it to the first, and removes them together', async () => {
      const [one, other] = [articleNamed('one', { keys: ['shared', 'of one'] }), articleNamed('other', { keys: ['of other', 'shared'] })];
      expect((await store.articles.addAll([one, other], NOW)).pending).toEqual([one.id, other.id]);
      const found = await store.articles.find(['shared', 'of one', 'of other']);
      expect([...found].map(([key, { id }]) => [key, id]).sort()).toEqual([
        ['of one', one.id],
        ['of other', other.id],
        ['shared', one.id],
      ]);
      expect(await store.articles.removeExpired(expiryIn(store))).toBe(2);
      expect((await store.articles.find(['shared', 'of one', 'of other'])).size).toBe(0);
    });

    it('counts a changed title on the article, once per version, and keeps the stored one', async () => {
      const changed = articleNamed('one', { title: 'Another title' });
      await store.articles.addAll([articleNamed('one')], NOW);
      expect(await store.articles.addAll([changed], NOW)).toEqual({ pending: [], skipped: 0, linked: 0, changed: 1, known: 0 });
      expect(await store.articles.addAll([changed], NOW)).toMatchObject({ changed: 0, known: 1 });
      expect(await store.articles.addAll([articleNamed('one')], NOW)).toMatchObject({ changed: 0, known: 1 });
      expect(await store.articles.addAll([articleNamed('one', { summary: 'Another' })], NOW)).toMatchObject({ changed: 1 });
      expect(await stored('one')).toMatchObject({ title: 'Title of one', changes: 2 });
    });

    it('links another source once, in the order of listing', async () => {
      await store.articles.addAll([articleNamed('one')], NOW);
      expect(await store.articles.addAll([articleNamed('one', { sourceIds: ['b'] })], NOW)).toMatchObject({ linked: 1, known: 0 });
      expect(await store.articles.addAll([articleNamed('one', { sourceIds: ['b'] })], NOW)).toMatchObject({ linked: 0, known: 1 });
      await store.articles.addAll([articleNamed('one', { sourceIds: ['a2'] })], NOW);
      expect((await stored('one'))?.sourceIds).toEqual(['a', 'b', 'a2']);
      expect(await store.probe.rollups()).toEqual([]);
    });

    it('counts another source with another title as both linked and changed', async () => {
      await store.articles.addAll([articleNamed('one')], NOW);
      const other = articleNamed('one', { sourceIds: ['b'], title: 'Another title' });
      expect(await store.articles.addAll([other], NOW)).toEqual({ pending: [], skipped: 0, linked: 1, changed: 1, known: 0 });
    });

    it('adds a further source, and its topics in it, to the roll-ups of a scored article', async () => {
      await store.probe.addTopic({ ...energy, rule, readyVersion: 1 });
      await store.articles.addAll([articleNamed('one', { topics: [energy] }), articleNamed('two')], NOW);
      await store.probe.score(idOf('one'), sentimentWith(0.7));
      await store.articles.addAll([articleNamed('one', { sourceIds: ['b'] }), articleNamed('two', { sourceIds: ['b'] })], NOW);
      await expectInvariant();
      const scopes = (await store.probe.rollups()).map((rollup) => rollup.scope);
      expect(scopes).toEqual(expect.arrayContaining([scopeKey({ sourceId: 'b' }), scopeKey({ sourceId: 'b', topic: energy })]));
      const all = (await store.probe.rollups()).find((rollup) => rollup.scope === scopeKey({}));
      expect(all).toMatchObject({ positive: 1, toneSum: 700_000, toneSquares: 490_000 });
      await store.articles.addAll([articleNamed('one', { sourceIds: ['b'] })], NOW);
      await expectInvariant();
    });

    it('leaves out a topic version that was removed meanwhile', async () => {
      await store.probe.addTopic({ ...energy, rule, readyVersion: 1 });
      await store.articles.addAll([articleNamed('one', { topics: [energy, { topicId: 'gone', version: 4 }] })], NOW);
      expect((await stored('one'))?.topics).toEqual([energy]);
    });

    it('copies its input', async () => {
      const sourceIds = ['a'];
      await store.articles.addAll([articleNamed('one', { sourceIds })], NOW);
      sourceIds.push('b');
      expect((await stored('one'))?.sourceIds).toEqual(['a']);
    });

    it('stores any text unchanged', async () => {
      const title = `Quotes ' " ; -- NUL-free, emoji 📰, RTL \u202e and a lone ${'x'.repeat(100_000)}`;
      await store.articles.addAll([articleNamed('one', { title })], NOW);
      expect((await stored('one'))?.title).toBe(title);
      expect(await store.articles.addAll([articleNamed('one', { title })], NOW)).toMatchObject({ known: 1 });
    });

    it('keeps the first-seen time of an undated item while its feed lists it', async () => {
      const first = await store.articles.firstSeen('a', [idOf('one')], NOW);
      expect(first).toEqual(new Map([[idOf('one'), NOW]]));
      const { articles: kept } = store.articles.retention;
      for (let part = 1; part <= 6; part += 1) await store.articles.firstSeen('a', [idOf('one')], NOW + Math.floor((part * 2 * kept) / 3));
      const later = NOW + 4 * kept + HOUR;
      await store.articles.removeExpired(later);
      expect(await store.articles.firstSeen('a', [idOf('one'), idOf('two')], later)).toEqual(
        new Map([
          [idOf('one'), NOW],
          [idOf('two'), later],
        ]),
      );
      expect(await store.articles.firstSeen('b', [idOf('one')], later)).toEqual(new Map([[idOf('one'), later]]));
      expect((await store.articles.firstSeen('a', [idOf('one')], later + kept)).get(idOf('one'))).toBe(later + kept);
    });

    it('removes articles, memberships and roll-ups at bucket time + retention, not earlier', async () => {
      await store.probe.addTopic({ ...energy, rule, readyVersion: 1 });
      await store.articles.addAll([articleNamed('old', { topics: [energy] }), articleNamed('young', { publishedAt: NOW + HOUR })], NOW);
      for (const article of ['old', 'young']) await store.probe.score(idOf(article), sentimentWith(-0.5));
      expect(await store.articles.removeExpired(expiryIn(store) - 1)).toBe(0);
      expect(await store.articles.removeExpired(expiryIn(store))).toBe(1);
      expect((await store.probe.articles()).map((article) => article.id)).toEqual([idOf('young')]);
      await expectInvariant();
      expect(await store.articles.removeExpired(expiryIn(store))).toBe(0);
    });

    it('removes many expired articles, in chunks', async () => {
      const many = Array.from({ length: 1_201 }, (_, index) => articleNamed(`article ${index}`));
      await store.articles.addAll(many, NOW);
      expect(await store.articles.removeExpired(expiryIn(store))).toBe(1_201);
      expect(await store.probe.articles()).toEqual([]);
    });

    it('does not bring an expired article back into the roll-ups', async () => {
      await store.articles.addAll([articleNamed('old')], NOW);
      await store.probe.score(idOf('old'), sentimentWith(0.2));
      expect(await store.articles.addAll([articleNamed('old', { sourceIds: ['b'] })], expiryIn(store))).toMatchObject({ linked: 0, known: 1 });
      await store.articles.removeExpired(expiryIn(store));
      expect(await store.probe.rollups()).toEqual([]);
    });

    it('advances the watermark if something changed', async () => {
      const before = await store.watermark();
      await store.articles.addAll([articleNamed('one')], NOW);
      const after = await store.watermark();
      await store.articles.markObserved('a', NOW);
      expect(new Set([before, after, await store.watermark()]).size).toBe(3);
    });

    ingestionProperties(create);
  });
}
