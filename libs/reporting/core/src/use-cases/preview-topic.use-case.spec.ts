import { DAY, ManualClock } from '@barometer/kernel';
import type { ArticlePage, ArticleQuery, ArticleView } from '../domain/report';
import { reportsOf } from '../testing/fakes';
import { PreviewTopic } from './preview-topic.use-case';

const now = 100 * DAY;
const rule = { anyOf: ['gas price'], allOf: [], noneOf: ['tear gas'] };

/** A store of `count` articles; every tenth matches in its summary. */
function previewOf(count: number) {
  const asked: ArticleQuery[] = [];
  const articles = async (query: ArticleQuery): Promise<ArticlePage> => {
    asked.push(query);
    const start = Number(query.cursor ?? 0);
    const end = Math.min(count, start + query.limit);
    const items = Array.from(
      { length: end - start },
      (_, index) => ({ title: `n${start + index}`, summary: (start + index) % 10 ? '' : 'A gas price' }) as ArticleView,
    );
    return { items, searchedTo: now - end, ...(end < count && { cursor: `${end}` }) };
  };
  return { asked, preview: new PreviewTopic({ reports: reportsOf({ articles }), clock: new ManualClock(now) }) };
}

describe('PreviewTopic', () => {
  it('counts what would match in the last seven days and shows the newest', async () => {
    const { asked, preview } = previewOf(450);
    const found = await preview.execute(rule);
    expect(found).toMatchObject({ ok: true, value: { matched: 45, searched: 450, searchedTo: now - 450 } });
    expect(found.ok && found.value.examples.map(({ title }) => title)).toEqual(['n0', 'n10', 'n20', 'n30', 'n40', 'n50', 'n60', 'n70', 'n80', 'n90']);
    expect(asked.map(({ cursor, period }) => [cursor, period?.from])).toEqual([
      [undefined, now - 7 * DAY],
      ['300', now - 7 * DAY],
    ]);
  });

  it('stops at three thousand articles', async () => {
    expect(await previewOf(9_000).preview.execute(rule)).toMatchObject({ value: { searched: 3_000, matched: 300 } });
  });

  it('refuses a rule without phrases', async () => {
    expect(await previewOf(1).preview.execute({ anyOf: [], allOf: [], noneOf: ['x'] })).toMatchObject({
      ok: false,
      error: { field: 'anyOf', code: 'required' },
    });
  });
});
