import { DAY, HOUR, hourOf, ManualClock } from '@barometer/kernel';
import type { ArticleView, HourCounts } from '../domain/report';
import { fakeTopics, only, reportsOf } from '../testing/fakes';
import { GetBreakdown } from './get-breakdown.use-case';
import { MOST_USUAL_ROWS, type UsualRanges } from './usual-ranges';

const now = Date.UTC(2026, 10, 23, 12, 34);
const noon = hourOf(now);
const period = { from: now - DAY + HOUR, to: now };
const unasked = only<Pick<UsualRanges, 'verdict'>>({});
const rows = (hour: number, volume: number): HourCounts[] => [{ hour, negative: 0, neutral: volume, positive: 0, toneSum: 0, toneSquares: 0 }];

describe('GetBreakdown', () => {
  it('lists every source, including removed ones and ones without articles', async () => {
    const hours = new Map([
      ['wire', rows(noon, 3)],
      ['gone', rows(noon - 1, 7)],
      ['early', rows(noon - 30, 2)],
    ]);
    const told = (id: string, tone: number, ...sourceIds: string[]) =>
      ({ id, title: id, sourceIds, topicIds: ['gas'], sentiment: { tone, uncertain: id === 'unsure' } }) as unknown as ArticleView;
    const items = [
      told('newest', -0.5, 'wire', 'gone'),
      told('unsure', 0.9, 'wire'),
      told('as strong', 0.5, 'wire'),
      told('stronger', 0.7, 'gone'),
      { ...told('waits', 0, 'wire'), sentiment: undefined } as unknown as ArticleView,
    ];
    const articles = jest.fn(async () => ({ items, searchedTo: 0 }));
    const reports = reportsOf({ hoursBy: async () => hours, observedHours: async () => [], articles });
    const sourceNames = async () =>
      new Map([
        ['wire', 'The Wire'],
        ['quiet', 'Quiet Times'],
      ]);
    const found = await new GetBreakdown({
      reports,
      topics: fakeTopics(),
      usual: unasked,
      clock: new ManualClock(now),
      groups: async () => [],
      sourceNames,
    }).execute({
      by: 'source',
      topicId: 'gas',
      period,
    });
    expect(found.rows.map(({ id, name, volume, topArticle }) => [id, name, volume, topArticle?.title])).toEqual([
      ['gone', 'gone', 7, 'stronger'],
      ['wire', 'The Wire', 3, 'newest'],
      ['early', 'early', 0, undefined],
      ['quiet', 'Quiet Times', 0, undefined],
    ]);
    // A single query for all sources: one per source used to go through the topic's whole list, which blocked a busy server.
    expect(articles.mock.calls).toEqual([[{ topicId: 'gas', period: expect.anything(), limit: 100 }]]);
    expect(found.rows[0]).toMatchObject({ tone: 0, word: 'balanced', ready: true, sparkline: [...Array(22).fill(null), 0, null] });
  });

  it('lists every topic and says which one is not ready', async () => {
    const topics = fakeTopics();
    for (const id of ['gas', 'new']) {
      await topics.add({
        id,
        name: id.toUpperCase(),
        anyOf: [id],
        allOf: [],
        noneOf: [],
        version: 1,
        createdAt: 0,
        changedAt: 0,
        ...(id === 'gas' && { readyVersion: 1 }),
      });
    }
    const reports = reportsOf({ hoursBy: async () => new Map([['gas', rows(noon, 1)]]), observedHours: async () => [], strongest: async () => undefined });
    const found = await new GetBreakdown({
      reports,
      topics,
      usual: unasked,
      clock: new ManualClock(now),
      groups: async () => [],
      sourceNames: async () => new Map(),
    }).execute({
      by: 'topic',
      period,
    });
    expect(found.rows.map(({ name, ready, volume, topArticle, change }) => [name, ready, volume, topArticle, change.kind])).toEqual([
      ['GAS', true, 1, undefined, 'not-enough-history'],
      ['NEW', false, 0, undefined, 'not-enough-history'],
    ]);
  });

  it('lists groups, each with the sums of its sources; a source counts in each of its groups', async () => {
    const hours = new Map([
      ['wire', rows(noon, 3)],
      ['post', rows(noon, 2)],
      ['lone', rows(noon, 9)],
    ]);
    const told = { id: 'a', title: 'Told', sourceIds: ['post'], topicIds: [], sentiment: { tone: -0.5, uncertain: false } } as unknown as ArticleView;
    const hoursBy = jest.fn(async () => hours);
    const reports = reportsOf({ hoursBy, observedHours: async () => [], articles: async () => ({ items: [told], searchedTo: 0 }) });
    const groups = async () => [
      { name: 'News', members: ['wire', 'post'] },
      { name: 'News/World', members: ['wire'] },
      { name: 'Quiet', members: ['gone'] },
    ];
    const deps = { reports, topics: fakeTopics(), usual: unasked, clock: new ManualClock(now), groups, sourceNames: async () => new Map() };
    const found = await new GetBreakdown(deps).execute({ by: 'group', period });
    expect(found.rows.map(({ id, name, volume, topArticle }) => [id, name, volume, topArticle?.title])).toEqual([
      ['News', 'News', 5, 'Told'],
      ['News/World', 'News/World', 3, undefined],
      ['Quiet', 'Quiet', 0, undefined],
    ]);
    expect(found.rows[0]).not.toHaveProperty('scope');
    const within = await new GetBreakdown(deps).execute({ by: 'group', sourceIds: ['post'], period });
    expect(within.rows.map(({ id, volume }) => [id, volume])).toEqual([['News', 2]]);
  });

  it('does not read the polls of sources if the period before is no longer kept', async () => {
    const observedHours = jest.fn(async () => []);
    const reports = reportsOf({ hoursBy: async () => new Map(), observedHours, articles: async () => ({ items: [], searchedTo: 0 }) });
    const deps = {
      reports,
      topics: fakeTopics(),
      usual: unasked,
      clock: new ManualClock(now),
      groups: async () => [],
      sourceNames: async () => new Map([['wire', 'W']]),
    };
    await new GetBreakdown(deps).execute({ by: 'source', period: { from: now - 60 * DAY, to: now } });
    expect(observedHours).not.toHaveBeenCalled();
  });

  it('judges the history of a source by its own polls and that of a topic by all', async () => {
    const observedHours = jest.fn(async () => []);
    const reports = reportsOf({ hoursBy: async () => new Map(), observedHours, articles: async () => ({ items: [], searchedTo: 0 }) });
    const deps = {
      reports,
      topics: fakeTopics(),
      usual: unasked,
      clock: new ManualClock(now),
      groups: async () => [],
      sourceNames: async () => new Map([['wire', 'W']]),
    };
    await new GetBreakdown(deps).execute({ by: 'source', period });
    expect(observedHours.mock.calls.map(([source]: readonly unknown[]) => source)).toEqual([['wire']]);
  });

  it('says of the largest rows, and of no others, whether their tone is usual of them', async () => {
    const topics = fakeTopics();
    const hours = new Map<string, HourCounts[]>();
    for (let number = 0; number < MOST_USUAL_ROWS + 2; number += 1) {
      const id = `topic-${number}`;
      await topics.add({ id, name: id, anyOf: [id], allOf: [], noneOf: [], version: 1, readyVersion: 1, createdAt: 0, changedAt: 0 });
      if (number > 0) hours.set(id, rows(noon, 100 - number));
    }
    const verdict = jest.fn(async (_scope, _period, tone) => ({ missing: tone === undefined ? ('nothing-scored' as const) : ('too-few-articles' as const) }));
    const reports = reportsOf({
      hoursBy: async () => hours,
      observedHours: async () => [],
      articles: async () => ({ items: [], searchedTo: 0 }),
      strongest: async () => undefined,
    });
    const breakdown = new GetBreakdown({
      reports,
      topics,
      usual: { verdict },
      clock: new ManualClock(now),
      groups: async () => [],
      sourceNames: async () => new Map(),
    });
    const found = await breakdown.execute({ by: 'topic', sourceId: 'wire', period, against: 'usual' });
    expect(found.rows.map(({ usual }) => usual !== undefined)).toEqual(found.rows.map((_, index) => index < MOST_USUAL_ROWS));
    expect(verdict.mock.calls[0]).toEqual([{ topicId: 'topic-1', sourceId: 'wire' }, found.period, 0]);
    expect(verdict).toHaveBeenCalledTimes(MOST_USUAL_ROWS);
    const few = await breakdown.execute({ by: 'topic', period, limit: 1, against: 'usual' });
    expect(few.rows.map(({ usual }) => usual)).toEqual([{ missing: 'too-few-articles' }]);
    await breakdown.execute({ by: 'topic', period });
    expect(verdict).toHaveBeenCalledTimes(MOST_USUAL_ROWS + 1);
  });
});
