import { DAY, hourOf } from '@barometer/kernel';
import { keptSince } from './kept-since';

const NOW = 1_000 * DAY;
const days = (articles: number, rollups = articles) => ({ articles: articles * DAY, rollups: rollups * DAY });
const before = (count: number) => hourOf(NOW - count * DAY) + 1;

describe('the first hour from which every article is still stored', () => {
  it('is the first hour that is kept, if the retention never changed', () => {
    expect(keptSince(undefined, days(90), NOW)).toBe(before(90));
    expect(keptSince({ last: 7, kept90r90: NOW }, days(90), NOW)).toBe(before(90));
    expect(keptSince({ last: 7, kept400r400: NOW, kept90r90: 0 }, days(400), NOW)).toBe(before(400));
  });

  it('is no later if articles were kept longer before', () => expect(keptSince({ kept400r400: NOW - DAY }, days(90), NOW)).toBe(before(90)));

  it('is later if older articles were kept for a shorter time, until those are past the longer retention too', () => {
    const raised = { kept90r90: NOW, kept400r400: NOW };
    expect(keptSince(raised, days(400), NOW)).toBe(before(90));
    expect(keptSince(raised, days(400), NOW + 50 * DAY)).toBe(before(40));
    // Everything stored with 90 days has gone; what is there was stored after that.
    expect(keptSince(raised, days(400), NOW + 200 * DAY)).toBe(hourOf(NOW) + 2);
    expect(keptSince(raised, days(400), NOW + 500 * DAY)).toBe(hourOf(NOW + 100 * DAY) + 1);
  });

  it('considers only hours whose counts outlive their articles, if asked to', () => {
    expect(keptSince({ kept90r90: NOW, kept400r400: NOW }, days(400), NOW, { onlyOutlived: true })).toBe(before(400));
    expect(keptSince({ kept30r400: NOW, kept400r400: NOW }, days(400), NOW, { onlyOutlived: true })).toBe(before(30));
  });
});
