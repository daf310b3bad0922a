import { Readable } from 'node:stream';
import type { Sentiment } from '@barometer/events';
import { readLines } from '@barometer/text';
import { scoreLines, type BadLine } from './score-lines';

const sentiment: Sentiment = {
  label: 'neutral',
  confidence: 0.8,
  tone: 0,
  uncertain: false,
  scores: { negative: 0.1, neutral: 0.8, positive: 0.1 },
  model: { id: 'm', revision: 'r' },
};

async function run(input: string | Buffer, chunk = 7) {
  const bytes = Buffer.from(input as string);
  const chunks = Array.from({ length: Math.ceil(bytes.length / chunk) }, (_, i) => bytes.subarray(i * chunk, (i + 1) * chunk));
  const bad: BadLine[] = [];
  const seen: string[] = [];
  const rows: Record<string, unknown>[] = [];
  const score = async (texts: readonly string[]) => texts.map((text) => (seen.push(text), sentiment));
  for await (const row of scoreLines(Readable.from(chunks), score, { bad: (line) => bad.push(line), progress: () => undefined })) rows.push(JSON.parse(row));
  return { rows, bad, seen };
}

it('scores lines of text in their order', async () => {
  const { rows, bad } = await run('A breakthrough\r\nÄrger über 🎉\nno line feed at the end');
  expect(rows.map((row) => row['text'])).toEqual(['A breakthrough', 'Ärger über 🎉', 'no line feed at the end']);
  expect(rows[0]).toMatchObject({ label: 'neutral', confidence: 0.8, tone: 0, scores: sentiment.scores });
  expect(bad).toEqual([]);
});

it('keeps the other fields of JSON Lines', async () => {
  const { rows } = await run('{"id": 7, "text": "One"}\n{"text": "Two", "label": "old"}\n');
  expect(rows.map(({ id, text, label }) => ({ id, text, label }))).toEqual([
    { id: 7, text: 'One', label: 'neutral' },
    { id: undefined, text: 'Two', label: 'neutral' },
  ]);
});

it('keeps every digit of a number that does not fit a double', async () => {
  const lines: string[] = [];
  const score = async (texts: readonly string[]) => texts.map(() => sentiment);
  const input = Readable.from([Buffer.from('{"text":"One","id":1788041356817256449,"deep":[0.10,-9007199254740993]}\n')]);
  for await (const line of scoreLines(input, score, { bad: () => undefined, progress: () => undefined })) lines.push(line);
  expect(lines[0]).toMatch(/"id":1788041356817256449,"deep":\[0\.1,-9007199254740993\]/);
});

it('reports each bad line with its number and scores the others', async () => {
  const { rows, bad } = await run('{"text": "One"}\nnot json\n\n{"text": 5}\n[1]\n{"text": " "}\n{"text": "Two"}');
  expect(rows).toHaveLength(2);
  expect(bad.map((line) => line.number)).toEqual([2, 3, 4, 5, 6]);
  expect(bad[2]?.reason).toBe('the field "text" is missing or is not a string');
});

it('treats a first line of broken JSON as a bad line, not as a text', async () => {
  const { rows, bad } = await run('{"text": "cut\n{"text": "Two"}');
  expect([rows.length, bad[0]?.number]).toEqual([1, 1]);
});

it('drops a byte order mark', async () => expect((await run('\uFEFFOne')).seen).toEqual(['One']));

it('skips a line that is too long without keeping it in memory', async () => {
  const lines = [];
  for await (const line of readLines(Readable.from([Buffer.from('short\n'), Buffer.alloc(50, 'x'), Buffer.from('\nend')]), { limit: 10 })) lines.push(line);
  expect(lines).toEqual([
    { number: 1, text: 'short', bytes: 6 },
    { number: 2, bytes: 51 },
    { number: 3, text: 'end', bytes: 3 },
  ]);
});

it.each([
  ['UTF-16', Buffer.from('\ufeff{"text":"Crème brûlée","id":1}\r\n{"text":"Two"}\r\n', 'utf16le')],
  ['UTF-16, the other way round', Buffer.from('\ufeff{"text":"Crème brûlée","id":1}\r\n{"text":"Two"}\r\n', 'utf16le').swap16()],
  ['Windows-1252', Buffer.from('{"text":"Crème brûlée","id":1}\n{"text":"Two"}\n', 'latin1')],
])('scores JSON Lines in %s', async (_charset, bytes) => {
  const { seen, bad, rows } = await run(bytes);
  expect([seen, bad, rows[0]?.['id']]).toEqual([['Crème brûlée', 'Two'], [], 1]);
});
