import { CursorError } from '../domain/cursor';
import { reportsOf } from '../testing/fakes';
import { ListArticles } from './list-articles.use-case';

const page = { items: [], searchedTo: 0 };

describe('ListArticles', () => {
  it.each([
    [50, 50],
    [0, 1],
    [9_999, 200],
    [2.7, 2],
  ])('turns a limit of %d into %d', async (limit, asked) => {
    const articles = jest.fn(async () => page);
    expect(await new ListArticles({ reports: reportsOf({ articles }) }).execute({ limit, search: 'x' })).toEqual({ ok: true, value: page });
    expect(articles).toHaveBeenCalledWith({ limit: asked, search: 'x' });
  });

  it('returns a problem for an invalid cursor, and throws for an outage', async () => {
    const failing = (error: Error) => new ListArticles({ reports: reportsOf({ articles: () => Promise.reject(error) }) }).execute({ limit: 1, cursor: 'x' });
    expect(await failing(new CursorError())).toMatchObject({ ok: false, error: { field: 'cursor', code: 'bad-cursor' } });
    await expect(failing(new Error('disk'))).rejects.toThrow('disk');
  });
});
