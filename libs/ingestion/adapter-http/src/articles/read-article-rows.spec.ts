import { readArticleRows, type ReadRow } from './read-article-rows';

const header = 'title,url,date,publisher,summary';

async function read(text: string | Uint8Array, options: Parameters<typeof readArticleRows>[1] = {}): Promise<ReadRow[]> {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  async function* input() {
    // In pieces that end anywhere, as from a pipe.
    for (let at = 0; at < bytes.length; at += 7) yield bytes.subarray(at, at + 7);
  }
  const rows: ReadRow[] = [];
  for await (const row of readArticleRows(input(), options)) rows.push(row);
  return rows;
}

const told = (rows: readonly ReadRow[]) => rows.map((one) => ('row' in one ? [one.line, one.row.title] : [one.line, one.problem]));
const one = { title: 'Calm seas', url: 'https://north.example/1', publishedAt: Date.UTC(2026, 2, 1, 9, 30), publisher: 'The North', summary: 'All is well.' };

const { summary: _summary, ...unsummarised } = one;

describe('CSV', () => {
  it('is read by its header, whatever the order and the case of its names', async () => {
    expect(await read(`${header}\nCalm seas,https://north.example/1,2026-03-01T09:30:00Z,The North,All is well.\n`)).toEqual([
      { line: 2, bytes: expect.any(Number), row: one },
    ]);
    expect(await read('Published_At;Source;LINK;Headline;extra\r\n2026-03-01 09:30;The North;https://north.example/1;Calm seas;x')).toEqual([
      { line: 2, bytes: expect.any(Number), row: unsummarised },
    ]);
  });

  it('has quotes, quotes in quotes, line breaks in them, and a byte order mark', async () => {
    const rows = await read(
      `\ufeff${header}\n"Calm, ""seas""",https://north.example/1,2026-03-01,The North,"Line one\nline two"\nNext,https://north.example/2,2026-03-02,The North,\n`,
    );
    expect(told(rows)).toEqual([
      [2, 'Calm, "seas"'],
      [4, 'Next'],
    ]);
    expect(rows[0]).toMatchObject({ row: { summary: 'Line one\nline two' } });
  });

  it('is read in the charset that its bytes show, or that is given', async () => {
    const latin = Uint8Array.from([...`${header}\nM\xfcnchen,https://north.example/1,2026-03-01,The North,\n`].map((letter) => letter.charCodeAt(0)));
    expect(told(await read(latin))).toEqual([[2, 'München']]);
    const utf16 = new Uint8Array(Buffer.from(`\ufeff${header}\nMünchen,https://north.example/1,2026-03-01,The North,\n`, 'utf16le'));
    expect(told(await read(utf16))).toEqual([[2, 'München']]);
  });

  it('names each line that is not an article, and goes on', async () => {
    const lines = [
      'a,b',
      'No url,,2026-03-01,The North,',
      'x,mailto:a@b.example,2026-03-01,The North,',
      'x,https://north.example/3,31 February 2026,The North,',
      ',https://north.example/4,2026-03-01,The North,',
      'Good,https://north.example/5,2026-03-01,The North,',
    ];
    expect(told(await read([header, ...lines].join('\n')))).toEqual([
      [2, 'it has 2 fields, the first line 5'],
      [3, 'it has no url'],
      [4, 'the url "mailto:a@b.example" is no http or https address'],
      [5, 'the date "31 February 2026" cannot be read; write it as 2026-03-01 or 2026-03-01T09:30:00Z'],
      [6, 'it has no title'],
      [7, 'Good'],
    ]);
  });

  it.each([
    ['', 'There is nothing in it.'],
    ['\n \n', 'There is nothing in it.'],
    ['title,url\na,b', 'The first line names no column date (or published, publishedat, pubdate, time), publisher (or source); it has "title", "url".'],
    [
      `${header}\nGood,https://north.example/5,2026-03-01,The North,\n"Open,https://north.example/5,2026-03-01,The North,\nmore\n`,
      /^At line \d+: a quote is not closed\. What stands before it was read\.$/,
    ],
  ])('that cannot be read says so: %j', async (text, message) => {
    await expect(read(text)).rejects.toThrow(message);
  });
});

describe('JSON Lines', () => {
  it('are objects with the same names', async () => {
    const rows = await read(
      `${JSON.stringify({ title: one.title, url: one.url, date: '2026-03-01T09:30:00Z', publisher: one.publisher, summary: one.summary })}\n\n{"headline":"B","link":"https://north.example/2","time":1772357400,"source":"N","lang":"en"}\n`,
    );
    expect(rows).toMatchObject([
      { line: 1, row: one },
      { line: 3, row: { title: 'B', publishedAt: one.publishedAt, publisher: 'N', language: 'en' } },
    ]);
  });

  it('name each line that is not an object', async () => {
    expect(told(await read('{"title":1}\n[1]\nnonsense\n', { format: 'jsonl' }))).toEqual([
      [1, 'it has no url'],
      [2, 'it is no JSON object'],
      [3, 'it is no JSON'],
    ]);
  });
});
