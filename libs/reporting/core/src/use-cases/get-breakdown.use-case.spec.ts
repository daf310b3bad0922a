import { DAY, HOUR, hourOf, ManualClock } from '@barometer/kernel';
import type { ArticleView, HourCounts } from '../domain/report';
import { fakeTopics, reportsOf } from '../testing/fakes';
import { GetBreakdown } from './get-breakdown.use-case';

const now = Date.UTC(2026, 10, 23, 12, 34);
const noon = hourOf(now);
const period = { from: now - DAY + HOUR, to: now };
const rows = (hour: number, volume: number): HourCounts[] => [{ hour, negative: 0, neutral: volume, positive: 0, toneSum: 0, toneSquares: 0 }];

describe('GetBreakdown', () => {
  it('puts every source beside the others, also one that is gone or has nothing', async () => {
    const hours = new Map([['wire', rows(noon, 3)], ['gone', rows(noon - 1, 7)], ['early', rows(noon - 30, 2)]]);
    const told = (id: string, tone: number, ...sourceIds: string[]) => ({ id, title: id, sourceIds, topicIds: ['gas'], sentiment: { tone, uncertain: id === 'unsure' } }) as unknown as ArticleView;
    const items = [told('newest', -0.5, 'wire', 'gone'), told('unsure', 0.9, 'wire'), told('as strong', 0.5, 'wire'), told('stronger', 0.7, 'gone'), { ...told('waits', 0, 'wire'), sentiment: undefined } as unknown as ArticleView];
    const articles = jest.fn(async () => ({ items, searchedTo: 0 }));
    const reports = reportsOf({ hoursBy: async () => hours, observedHours: async () => [], articles });
    const sourceNames = async () => new Map([['wire', 'The Wire'], ['quiet', 'Quiet Times']]);
    const found = await new GetBreakdown({ reports, topics: fakeTopics(), clock: new ManualClock(now), sourceNames }).execute({ by: 'source', topicId: 'gas', period });
    expect(found.rows.map(({ id, name, volume, topArticle }) => [id, name, volume, topArticle?.title])).toEqual([
      ['gone', 'gone', 7, 'stronger'], ['wire', 'The Wire', 3, 'newest'],
      ['early', 'early', 0, undefined], ['quiet', 'Quiet Times', 0, undefined],
    ]);
    // One look for all sources: it was one a source through the topic's whole list, which kept a busy server from anything else.
    expect(articles.mock.calls).toEqual([[{ topicId: 'gas', period: expect.anything(), limit: 100 }]]);
    expect(found.rows[0]).toMatchObject({ tone: 0, word: 'balanced', ready: true, sparkline: [...Array(22).fill(null), 0, null] });
  });

  it('puts every topic beside the others and says which one is not ready', async () => {
    const topics = fakeTopics();
    for (const id of ['gas', 'new']) {
      await topics.add({ id, name: id.toUpperCase(), anyOf: [id], allOf: [], noneOf: [], version: 1, createdAt: 0, changedAt: 0, ...(id === 'gas' && { readyVersion: 1 }) });
    }
    const reports = reportsOf({ hoursBy: async () => new Map([['gas', rows(noon, 1)]]), observedHours: async () => [], strongest: async () => undefined });
    const found = await new GetBreakdown({ reports, topics, clock: new ManualClock(now), sourceNames: async () => new Map() }).execute({ by: 'topic', period });
    expect(found.rows.map(({ name, ready, volume, topArticle, change }) => [name, ready, volume, topArticle, change.kind])).toEqual([
      ['GAS', true, 1, undefined, 'not-enough-history'], ['NEW', false, 0, undefined, 'not-enough-history'],
    ]);
  });

  it('asks no source for its polls where the period before is not kept', async () => {
    const observedHours = jest.fn(async () => []);
    const reports = reportsOf({ hoursBy: async () => new Map(), observedHours, articles: async () => ({ items: [], searchedTo: 0 }) });
    const deps = { reports, topics: fakeTopics(), clock: new ManualClock(now), sourceNames: async () => new Map([['wire', 'W']]) };
    await new GetBreakdown(deps).execute({ by: 'source', period: { from: now - 60 * DAY, to: now } });
    expect(observedHours).toHaveBeenCalledTimes(1);
  });

  it('judges the history of a source by its own polls and that of a topic by all', async () => {
    const observedHours = jest.fn(async () => []);
    const reports = reportsOf({ hoursBy: async () => new Map(), observedHours, articles: async () => ({ items: [], searchedTo: 0 }) });
    const deps = { reports, topics: fakeTopics(), clock: new ManualClock(now), sourceNames: async () => new Map([['wire', 'W']]) };
    await new GetBreakdown(deps).execute({ by: 'source', period });
    expect(observedHours.mock.calls.map(([source]: readonly unknown[]) => source)).toEqual([undefined, 'wire']);
  });
});
