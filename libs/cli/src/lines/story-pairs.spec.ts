import { storyPairsOf } from './story-pairs';

async function* bytes(text: string) {
  yield new TextEncoder().encode(text);
}
const side = (text: string, date = '2026-04-18') => ({ text, publisher: 'The Daily', date });
const read = (...rows: unknown[]) => storyPairsOf(bytes(rows.map((row) => (typeof row === 'string' ? row : JSON.stringify(row))).join('\n')));

it('reads pairs, and skips blank lines', async () => {
  const { pairs, bad } = await read({ a: side('Ferry sinks'), b: side('Ferry goes down', '2026-04-18T06:00:00Z'), relation: 'same' }, '', ' ');
  expect(bad).toEqual([]);
  expect(pairs).toEqual([
    { a: { text: 'Ferry sinks', at: Date.UTC(2026, 3, 18) }, b: { text: 'Ferry goes down', at: Date.UTC(2026, 3, 18, 6) }, relation: 'same' },
  ]);
});

it.each([
  ['{', /no JSON object/],
  ['[]', /no JSON object/],
  [{ a: side('x'), b: side('y'), relation: 'alike' }, /"relation" must be same, related or different, not "alike"/],
  [{ a: side('x'), b: side('y') }, /"relation" must be same, related or different, not missing/],
  [{ a: 'x', b: side('y'), relation: 'same' }, /"a" must be an object/],
  [{ a: side('x'), b: side(' '), relation: 'same' }, /"b" has no "text"/],
  [{ a: side('x'), b: side('y', 'yesterday'), relation: 'same' }, /"b" has no "date" such as/],
])('names what is wrong with %j', async (row, reason) => {
  const { pairs, bad } = await read({ a: side('x'), b: side('y'), relation: 'same' }, row);
  expect(pairs).toHaveLength(1);
  expect(bad).toEqual([{ number: 2, reason: expect.stringMatching(reason) }]);
});
