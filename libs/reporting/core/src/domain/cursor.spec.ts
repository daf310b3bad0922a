import fc from 'fast-check';
import { CursorError, readCursor, writeCursor } from './cursor';

const id = 'abcdefghijklmnopqrstuvwx23';

it('a cursor names the position that it was made from', () => {
  const time = fc.integer({ min: -1e14, max: 1e14 });
  fc.assert(fc.property(time, (publishedAt) => expect(readCursor(writeCursor({ publishedAt, id }))).toEqual({ publishedAt, id })));
});

it('any other text is refused', () => {
  fc.assert(fc.property(fc.string(), (text) => expect(() => readCursor(text)).toThrow(CursorError)));
  expect(() => readCursor(`1-01-${id}`)).toThrow(CursorError);
});
