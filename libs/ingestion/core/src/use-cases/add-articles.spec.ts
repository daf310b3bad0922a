import { STANDARD_RETENTION } from '@barometer/kernel';
import type { StoredArticle } from '../domain/stored-article';
import type { ChangeArticles } from '../ports/article-records.port';
import { articleNamed, idOf, NOW } from '../testing/ingestion-harness';
import { addArticles } from './add-articles';

const moment = { now: NOW, retention: STANDARD_RETENTION };

/** Articles in a map. Applies each change twice, like a store that retries after a lost response. */
function records() {
  const stored = new Map<string, StoredArticle>();
  const asked: (readonly string[])[] = [];
  const change: ChangeArticles = async (ids, { begin, again }) => {
    asked.push(ids);
    return ids.flatMap((id) => {
      const before = stored.get(id);
      const after = before ? again(before) : begin?.(id, () => true);
      if (!after) return [];
      expect(again(after)).toBe(after);
      stored.set(id, after);
      return after === before ? [] : [{ before, after }];
    });
  };
  return { stored, asked, change };
}

describe('storing articles', () => {
  it('counts pending, skipped, linked, changed and known articles', async () => {
    const { change } = records();
    const skipped = articleNamed('skipped', { status: { state: 'skipped', reason: 'undated' } });
    expect(await addArticles(change, [articleNamed('one'), skipped, articleNamed('two')], moment)).toEqual({
      pending: [idOf('one'), idOf('two')],
      skipped: 1,
      linked: 0,
      changed: 0,
      known: 0,
    });
    const both = articleNamed('one', { sourceIds: ['b'], title: 'Another' });
    const withKey = articleNamed('skipped', { keys: ['a key is no news'] });
    expect(await addArticles(change, [both, withKey, articleNamed('two')], moment)).toEqual({ pending: [], skipped: 0, linked: 1, changed: 1, known: 2 });
  });

  it('stores repeated ids of a batch in their order, and changes the other articles once', async () => {
    const { change, asked, stored } = records();
    const [first, second, third] = ['a', 'b', 'c'].map((source) => articleNamed('one', { sourceIds: [source] }));
    expect(await addArticles(change, [first!, second!, articleNamed('two'), third!], moment)).toMatchObject({ pending: [idOf('one'), idOf('two')], linked: 2 });
    expect(asked).toEqual([[idOf('one'), idOf('two')], [idOf('one')], [idOf('one')]]);
    expect(stored.get(idOf('one'))?.sources.map(({ sourceId }) => sourceId)).toEqual(['a', 'b', 'c']);
  });

  it('changes nothing for an empty batch', async () => {
    const { change, asked } = records();
    expect(await addArticles(change, [], moment)).toEqual({ pending: [], skipped: 0, linked: 0, changed: 0, known: 0 });
    expect(asked).toEqual([]);
  });
});
