import { readQueueMessage } from './index';

const articleId = 'a'.repeat(26);
const message = (body: unknown, receives = '1') => ({
  messageId: 'm1',
  body: typeof body === 'string' ? body : JSON.stringify(body),
  attributes: { ApproximateReceiveCount: receives },
});

it('reads which article a message announces, and how often it was received', () => {
  expect(readQueueMessage(message({ type: 'ArticleIngested', version: 1, articleId, storedAt: 5 }, '3'))).toEqual({
    ok: true,
    value: [{ messageId: 'm1', articleId, receives: 3 }],
  });
});

it('reads all articles of a message', () => {
  const other = 'b'.repeat(26);
  expect(readQueueMessage(message({ type: 'ArticleIngested', version: 1, articleId, storedAt: 5, more: [{ articleId: other, storedAt: 6 }] }))).toEqual({
    ok: true,
    value: [
      { messageId: 'm1', articleId, receives: 1 },
      { messageId: 'm1', articleId: other, receives: 1 },
    ],
  });
});

it.each([
  ['no JSON', '{', 'The body is not JSON.'],
  ['nothing', '', 'The body is not JSON.'],
  ['a number', 7, /ArticleIngested event: the body/],
  ['another version', { type: 'ArticleIngested', version: 9, articleId, storedAt: 5 }, /version/],
  ['a short id among more', { type: 'ArticleIngested', version: 1, articleId, storedAt: 5, more: [{ articleId: 'x', storedAt: 5 }] }, /more\.0\.articleId/],
  ['a short id', { type: 'ArticleIngested', version: 1, articleId: 'x', storedAt: 5 }, /articleId/],
])('reports why %s delivers nothing', (_what, body, reason) => {
  expect(readQueueMessage(message(body))).toMatchObject({ ok: false, error: { message: { messageId: 'm1' }, reason: expect.stringMatching(reason) } });
});
