import fc from 'fast-check';
import { parseFeedDate } from './feed-date';

describe('parseFeedDate', () => {
  it.each([
    ['Tue, 03 Mar 2026 08:15:00 +0100', '2026-03-03T07:15:00Z'],
    ['Tue, 3 Mar 2026 8:5 GMT', '2026-03-03T08:05:00Z'],
    ['3 Mar 26 08:15 EST', '2026-03-03T13:15:00Z'],
    ['03 Apr 02 1500 GMT', '2002-04-03T15:00:00Z'],
    ['Wed, 03 March 2026 08:15:00 PDT', '2026-03-03T15:15:00Z'],
    ['Tues, 03 Mar 2026 08:15:00 Z', '2026-03-03T08:15:00Z'],
    ['Tue,03 Mar 2026 08:15:00 UTC+2', '2026-03-03T06:15:00Z'],
    ['Tue, 03 Mar 2026 08:15:00 -0330 (NST)', '2026-03-03T11:45:00Z'],
    ['Tue, 03 Mar 2026 08:15:00 XYZ', '2026-03-03T08:15:00Z'],
    ['Sat, 01 Jan 99 00:00:00 GMT', '1999-01-01T00:00:00Z'],
    ['Seg, 24 Set 2018 19:42:40 -0300', '2018-09-24T22:42:40Z'],
    ['Sáb, 24 Fév 2018 19:42:40 +0000', '2018-02-24T19:42:40Z'],
    ['2026-03-03T08:15:00Z', '2026-03-03T08:15:00Z'],
    ['2026-03-03T08:15:00.123456+05:30', '2026-03-03T02:45:00.123Z'],
    ['2026-03-03T08:15+0200', '2026-03-03T06:15:00Z'],
    ['2026-03-03 08:15:00', '2026-03-03T08:15:00Z'],
    ['2026-03-03', '2026-03-03T00:00:00Z'],
    ['2026-3-3T8:15:00Z', '2026-03-03T08:15:00Z'],
    ['20260303T081500Z', '2026-03-03T08:15:00Z'],
    ['2026-03', '2026-03-01T00:00:00Z'],
    ['2026-03-03T24:00:00Z', '2026-03-04T00:00:00Z'],
    ['Sat Feb  7 09:08:07 2026', '2026-02-07T09:08:07Z'],
    ['Sat Feb 7 09:08:07 EST 2026', '2026-02-07T14:08:07Z'],
    ['March 3, 2026 8:15 PM', '2026-03-03T20:15:00Z'],
    ['  Tue,\n 03 Mar 2026 08:15:00 GMT ', '2026-03-03T08:15:00Z'],
  ])('reads %s', (text, expected) => {
    const time = parseFeedDate(text);
    expect(time === undefined ? undefined : new Date(time)).toEqual(new Date(expected));
  });

  it.each(['', 'yesterday', '31 Feb 2026 10:00 GMT', '2026-13-01', '32 Mar 2026', 'Tue, 03 Foo 2026 08:15:00', '2026-03-03T25:00:00Z', '2026-03-03 and more words', '1700000000'])(
    'gives nothing for "%s"',
    (text) => expect(parseFeedDate(text)).toBeUndefined(),
  );

  it('reads every date that JavaScript writes', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date('1970-01-01'), max: new Date('2049-12-31'), noInvalidDate: true }), (date) => {
        expect(parseFeedDate(date.toISOString())).toBe(date.getTime());
        expect(parseFeedDate(date.toUTCString())).toBe(Math.floor(date.getTime() / 1000) * 1000);
      }),
    );
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parseFeedDate(text)));
  });
});
