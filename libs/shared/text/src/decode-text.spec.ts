import { decodeText } from './decode-text';

const XML = (encoding: string, text: string) => `<?xml version="1.0" encoding="${encoding}"?><a>${text}</a>`;
const latin1 = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));
const utf8 = (text: string) => new Uint8Array(Buffer.from(text, 'utf8'));
const decoded = (body: Uint8Array, contentType?: string): string => {
  const result = decodeText(body, contentType);
  return result.ok ? result.value.replace(/<[^>]*>/g, '') : result.error.code;
};

describe('decodeText', () => {
  it('prefers a mark to the header and the declaration', () => {
    expect(decoded(utf8(`\ufeff${XML('iso-8859-1', 'Grüße')}`), 'text/xml; charset=koi8-r')).toBe('Grüße');
    expect(decoded(new Uint8Array(Buffer.from(`\ufeff${XML('utf-8', 'Grüße')}`, 'utf16le')))).toBe('Grüße');
  });

  it('prefers the header to the declaration', () => {
    const cyrillic = Uint8Array.from([0xcd, 0xc9, 0xd2]);
    expect(decoded(cyrillic, 'application/xml; charset="koi8-r"')).toBe('мир');
    expect(decoded(new Uint8Array(Buffer.concat([latin1('<?xml version="1.0" encoding="windows-1251"?>'), cyrillic])), 'text/xml; charset=koi8-r')).toBe('мир');
  });

  it('ignores a charset name that the bytes contradict', () => {
    expect(decoded(latin1(XML('iso-8859-1', 'Grüße')), 'text/xml; charset=utf-8')).toBe('Grüße');
    expect(decoded(utf8(XML('iso-8859-1', 'Grüße – ja')))).toBe('Grüße – ja');
    expect(decoded(utf8(XML('utf-16', 'Grüße')))).toBe('Grüße');
  });

  it('recognises UTF-16 without a mark', () => {
    expect(decoded(new Uint8Array(Buffer.from(XML('utf-16', 'Grüße'), 'utf16le')))).toBe('Grüße');
  });

  it('falls back to Windows-1252, or to UTF-8 with damage', () => {
    expect(decoded(latin1('<a>Caf\xe9 \x80 5</a>'))).toBe('Café € 5');
    const damaged = new Uint8Array(Buffer.concat([Buffer.from('<a>Grüße aus Köln '), Buffer.from([0xff]), Buffer.from('</a>')]));
    expect(decoded(damaged)).toBe('Grüße aus Köln \ufffd');
  });

  it('accepts an unknown name only if the bytes are UTF-8', () => {
    expect(decoded(utf8(XML('invalid', 'Grüße')))).toBe('Grüße');
    expect(decoded(latin1(XML('x-made-up', '\x81\xff\xfe')))).toBe('unknown-charset');
    expect(decoded(Uint8Array.from([0xff, 0xfe, 0, 0, 0x3c, 0, 0, 0]))).toBe('unknown-charset');
  });

  it('reads the charset from the head of a web page, and only there', () => {
    const page = (meta: string) => latin1(`<!doctype html><html><head>${meta}</head><body>P\xf8lse</body></html>`);
    expect(decoded(page('<meta charset=iso-8859-5>'))).toBe('Pјlse');
    expect(decoded(page('<META http-equiv="Content-Type" content="text/html; charset=iso-8859-5">'))).toBe('Pјlse');
    expect(decoded(latin1('<rss><channel><meta charset="iso-8859-5"/>P\xf8lse</channel></rss>'))).toBe('Pølse');
  });

  it.each([
    ['an OPML list', '<opml version="2.0"><body/></opml>'],
    ['blank lines first', '\n\n<feed/>'],
    ['a JSON document', '{"title":"Été"}'],
    ['words', 'Ärger über Öl\nund Gas'],
    ['letters beyond Latin', 'Мир и труд\nЗаявление'],
    ['letters with a zero on the other side', '一月二日，新年好，大家\n都来 2 次\n'],
  ])('recognises UTF-16 without a mark in %s', (_what, text) => {
    const little = Buffer.from(text, 'utf16le');
    expect(decodeText(new Uint8Array(little))).toEqual({ ok: true, value: text });
    expect(decodeText(new Uint8Array(Buffer.from(little).swap16()))).toEqual({ ok: true, value: text });
  });

  it('does not mistake stray zeros in UTF-8 for UTF-16', () => {
    expect(decoded(utf8(`<a>Grüße\u0000 aus Köln\u0000${' und mehr'.repeat(40)}</a>`))).toMatch(/^Grüße\u0000 aus Köln/);
  });
});
