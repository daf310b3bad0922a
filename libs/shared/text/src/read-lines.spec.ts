import { LinesError, readLines, type InputLine, type ReadLinesOptions } from './read-lines';

const TEXT = 'Ärger über Öl 🎉\r\nzweite\n\nohne Ende';
const LINES = ['Ärger über Öl 🎉', 'zweite', '', 'ohne Ende'];

async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function linesOf(bytes: Uint8Array, options: ReadLinesOptions = {}, chunk = 3): Promise<InputLine[]> {
  const lines: InputLine[] = [];
  for await (const line of readLines(inChunks(bytes, chunk), options)) lines.push(line);
  return lines;
}

const textsOf = async (...given: Parameters<typeof linesOf>) => (await linesOf(...given)).map(({ text }) => text);
const utf16 = (text: string) => Buffer.from(text, 'utf16le');

describe('readLines', () => {
  it.each([
    ['UTF-8', Buffer.from(TEXT)],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${TEXT}`)],
    ['UTF-16 LE with a mark', utf16(`\ufeff${TEXT}`)],
    ['UTF-16 BE with a mark', utf16(`\ufeff${TEXT}`).swap16()],
    ['UTF-16 LE without a mark', utf16(TEXT)],
    ['UTF-16 BE without a mark', utf16(TEXT).swap16()],
  ])('reads %s, split into any chunks', async (_charset, bytes) => {
    for (const chunk of [1, 2, 3, 5, 1_000]) expect(await textsOf(bytes, {}, chunk)).toEqual(LINES);
  });

  it('reads a line that is not UTF-8 as Windows-1252, and the others as UTF-8', async () => {
    const bytes = Buffer.concat([Buffer.from('Café – in UTF-8\n'), Buffer.from('Caf\xe9 f\xfcr 5 \x80\n', 'latin1'), Buffer.from('plain')]);
    expect(await textsOf(bytes)).toEqual(['Café – in UTF-8', 'Café für 5 €', 'plain']);
  });

  it('reads the given charset, unless a mark says otherwise', async () => {
    const cyrillic = Uint8Array.from([0xcd, 0xc9, 0xd2, 0x0a, 0xcd]);
    expect(await textsOf(cyrillic, { charset: 'koi8-r' })).toEqual(['мир', 'м']);
    expect(await textsOf(utf16('\ufeffAb\nc'), { charset: 'koi8-r' })).toEqual(['Ab', 'c']);
  });

  it('applies its limit in UTF-16 too', async () => {
    const lines = await linesOf(utf16(`\ufeffshort\n${'x'.repeat(50)}\nend`), { limit: 10 }, 7);
    expect(lines.map(({ number, text }) => [number, text])).toEqual([
      [1, 'short'],
      [2, undefined],
      [3, 'end'],
    ]);
  });

  it('reports the bytes of the input in any charset', async () => {
    const bytes = utf16('\ufeffone line\nand another one\n');
    const told = (await linesOf(bytes, {}, 1_000)).reduce((sum, line) => sum + line.bytes, 0);
    expect(Math.abs(told - bytes.length)).toBeLessThanOrEqual(2);
    expect((await linesOf(Buffer.from('short\nä'))).map((line) => line.bytes)).toEqual([6, 2]);
  });

  it('closes its input when the consumer stops', async () => {
    let closed = false;
    async function* endless(): AsyncGenerator<Uint8Array> {
      try {
        for (;;) yield Buffer.from('a line\n');
      } finally {
        closed = true;
      }
    }
    for await (const { number } of readLines(endless())) if (number === 3) break;
    expect(closed).toBe(true);
  });

  it('refuses UTF-32, and reads nothing from an empty input', async () => {
    await expect(linesOf(Uint8Array.from([0xff, 0xfe, 0, 0, 0x41, 0, 0, 0]))).rejects.toThrow(LinesError);
    expect(await linesOf(new Uint8Array())).toEqual([]);
    expect(await textsOf(Buffer.from('a'))).toEqual(['a']);
  });
});
