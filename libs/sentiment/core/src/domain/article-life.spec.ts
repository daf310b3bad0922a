import { anySentiment, sentimentWith } from '@barometer/events/testing';
import { contributionOf, DAY, expiryOf, HOUR, hourOf, MINUTE, RollupIncrements, scopesOf, STANDARD_RETENTION, type Moment } from '@barometer/kernel';
import fc from 'fast-check';
import {
  addDifference,
  attempted,
  givenBack,
  isFree,
  judged,
  leasable,
  leased,
  oldestFirst,
  redriven,
  replaced,
  scored,
  takenBack,
  withdrawn,
  type LifeArticle,
} from './article-life';
import { modelSentimentOf } from './judgement';

const NOW = Date.UTC(2026, 0, 15, 10, 20);
const at = (now: number): Moment => ({ now, retention: STANDARD_RETENTION });
const waiting: LifeArticle = {
  id: 'one',
  title: 'Title',
  summary: '',
  state: 'pending',
  publishedAt: NOW,
  storedAt: NOW,
  number: 1,
  receives: 0,
  availableAt: 0,
};
const options = { ...at(NOW), limit: 3, leaseMs: MINUTE, maxReceives: 2 };
const EXPIRED = expiryOf(hourOf(NOW));

/** An operation on an article at a time; a refusal leaves it unchanged. */
type Command = (article: LifeArticle, now: number) => LifeArticle | string;

const anyCommand: fc.Arbitrary<Command> = fc.oneof(
  fc.constant<Command>((article, now) => leased(article, `token ${now}`, { ...options, now })),
  fc.constant<Command>((article, now) => attempted(article, { ...at(now), maxReceives: 2 })),
  fc.constant<Command>((article) => withdrawn(article)),
  fc.boolean().map(
    (retry): Command =>
      (article, now) =>
        givenBack(article, article.leaseToken, 'broken', retry ? now + MINUTE : undefined),
  ),
  fc.constant<Command>((article, now) => redriven(article, at(now))),
  fc.tuple(anySentiment, fc.constantFrom(undefined, 'story')).map(
    ([sentiment, story]): Command =>
      (article, now) =>
        scored(article, sentiment, () => story, at(now)),
  ),
  anySentiment.map(
    (next): Command =>
      (article, now) => {
        const expected = modelSentimentOf(article);
        return expected ? replaced(article, expected, next, at(now)) : article;
      },
  ),
  fc.tuple(fc.constantFrom('negative' as const, 'neutral' as const, 'positive' as const), fc.option(anySentiment, { nil: undefined })).map(
    ([label, score]): Command =>
      (article, now) =>
        judged(article, { label, at: now }, score, STANDARD_RETENTION),
  ),
  fc.constant<Command>((article, now) => takenBack(article, at(now))),
);
const anyBeginning = fc.constantFrom<LifeArticle>(
  waiting,
  { ...waiting, state: 'skipped', reason: 'language' },
  { ...waiting, state: 'skipped', reason: 'too-short' },
);

/** The article after each of these commands, which are a minute apart. */
function lifeOf(beginning: LifeArticle, commands: readonly Command[], start = NOW): LifeArticle[] {
  let article = beginning;
  return commands.map((command, index) => {
    const next = command(Object.freeze(article), start + index * MINUTE);
    return (article = typeof next === 'string' ? article : next);
  });
}

describe('whatever happens to an article', () => {
  const everyLife = (check: (articles: LifeArticle[], beginning: LifeArticle) => void) =>
    fc.assert(
      fc.property(anyBeginning, fc.array(anyCommand, { maxLength: 25 }), (beginning, commands) => check(lifeOf(beginning, commands), beginning)),
      { numRuns: 300 },
    );

  it('it counts if and only if it is scored, and is held only while it waits', () => {
    everyLife((articles) => {
      for (const { state, sentiment, scoredAt, leaseToken, reason, judgement, modelSentiment } of articles) {
        expect([sentiment !== undefined, scoredAt !== undefined]).toEqual([state === 'scored', state === 'scored']);
        if (leaseToken !== undefined) expect(state).toBe('pending');
        if (state === 'failed') expect(reason).toEqual(expect.any(String));
        if (state === 'pending') expect(reason).toBeUndefined();
        expect(modelSentiment !== undefined).toBe(judgement !== undefined);
        if (judgement) expect([sentiment?.label, sentiment?.model]).toEqual([judgement.label, modelSentiment?.model]);
      }
    });
  });

  it('stores no field that is undefined, since stores would write it', () => {
    everyLife((articles) => articles.forEach((article) => expect(Object.values(article)).not.toContain(undefined)));
  });

  it('is never handed out more often than allowed', () => {
    everyLife((articles) => articles.forEach(({ receives }) => expect(receives >= 0 && receives <= 2).toBe(true)));
  });

  it('the differences add up to its final contribution', () => {
    everyLife((articles, beginning) => {
      const memberships = { sourceIds: ['a', 'b'], topics: [{ topicId: 'topic', version: 1 }] };
      const [sum, end] = [new RollupIncrements(), new RollupIncrements()];
      [beginning, ...articles].reduce((before, after) => (addDifference(sum, before, after, memberships), after));
      const last = articles.at(-1);
      if (last?.sentiment) end.add(scopesOf(memberships.sourceIds, memberships.topics, last.joinedStory), hourOf(NOW), contributionOf(last.sentiment));
      const counted = sum.list().filter(({ negative, neutral, positive }) => negative + neutral + positive > 0);
      expect(new Set(counted)).toEqual(new Set(end.list()));
    });
  });

  it('once it has expired, it can only be given back or withdrawn', () => {
    fc.assert(
      fc.property(anyBeginning, fc.array(anyCommand, { maxLength: 10 }), anyCommand, (beginning, commands, last) => {
        const before = lifeOf(beginning, commands).at(-1) ?? beginning;
        const after = last(before, EXPIRED);
        if (typeof after === 'string' || after === before) return;
        expect(before.state).toBe('pending');
        expect(after.state).not.toBe('scored');
        expect(after.receives).toBeLessThanOrEqual(before.receives);
      }),
      { numRuns: 300 },
    );
  });
});

describe('a lease', () => {
  const free = (...receives: number[]) => receives.map((count, index) => ({ id: `${index}`, receives: count }));

  it('takes articles that were never handed out together, and any other alone', () => {
    expect(leasable(free(0, 0, 1, 0, 0), options)).toEqual(['0', '1']);
    expect(leasable(free(1, 0, 0), options)).toEqual(['0']);
    expect(leasable(free(2, 0, 2, 0), options)).toEqual(['0', '2', '1', '3']);
    expect(leasable(free(2), options)).toEqual(['0']);
    expect(leasable([], options)).toEqual([]);
  });

  it('ends at its time, or at once if the clock was ahead', () => {
    const held = leased(waiting, 'token', options);
    expect(held).toEqual({ ...waiting, leaseToken: 'token', availableAt: NOW + MINUTE, receives: 1, deliveredAt: NOW });
    expect([isFree(held, at(NOW + MINUTE - 1)), isFree(held, at(NOW + MINUTE)), isFree(held, at(NOW - HOUR)), isFree(held, at(NOW - HOUR + MINUTE))]).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(leased(held, 'other', options)).toBe(held);
    expect(leased({ ...held, receives: 2 }, 'other', { ...options, now: NOW + MINUTE })).toMatchObject({
      state: 'failed',
      reason: 'No answer from the scorer after 2 deliveries.',
    });
  });

  it('is given back by its token, or without one', () => {
    const held = leased(waiting, 'token', options);
    expect(givenBack(held, 'other', 'broken')).toBe(held);
    expect(givenBack(held, 'token', 'broken', NOW + HOUR)).toEqual({ ...waiting, receives: 1, deliveredAt: NOW, availableAt: NOW + HOUR });
    expect(givenBack(held, undefined, 'broken')).toMatchObject({ state: 'failed', reason: 'broken' });
  });

  it('lasts as long as articles are kept', () => {
    expect([isFree(waiting, at(EXPIRED - 1)), isFree(waiting, at(EXPIRED))]).toEqual([true, false]);
    expect(isFree(waiting, { now: EXPIRED, retention: { articles: 91 * DAY, rollups: 91 * DAY } })).toBe(true);
  });
});

it('an article that is judged and taken back is as it was before', () => {
  const skipped: LifeArticle = { ...waiting, state: 'skipped', reason: 'language' };
  for (const before of [skipped, scored(waiting, sentimentWith(0.8), () => 'story', at(NOW))]) {
    const after = judged(before, { label: 'negative', at: NOW }, sentimentWith(0.2), STANDARD_RETENTION);
    expect(after).toMatchObject({ state: 'scored', sentiment: { label: 'negative' }, judgement: { label: 'negative' } });
    expect(takenBack(typeof after === 'string' ? undefined : after, at(NOW))).toEqual(before);
  }
  expect([
    judged(waiting, { label: 'neutral', at: NOW }, sentimentWith(0.2), STANDARD_RETENTION),
    takenBack(skipped, at(NOW)),
    takenBack(undefined, at(NOW)),
  ]).toEqual(['unscored', 'unjudged', 'gone']);
});

it('a failed article waits again as if it had never been handed out or sent', () => {
  const failed: LifeArticle = { ...waiting, state: 'failed', reason: 'broken', receives: 2, availableAt: NOW, deliveredAt: NOW, sentAt: NOW };
  expect(redriven(failed, at(NOW))).toEqual({ ...waiting, deliveredAt: NOW });
});

it('a new score has its own time', () => {
  const old = scored(waiting, sentimentWith(0.8), () => undefined, at(NOW));
  expect(replaced(old, sentimentWith(0.8), sentimentWith(-0.2), at(NOW + HOUR))).toEqual({ ...old, sentiment: sentimentWith(-0.2), scoredAt: NOW + HOUR });
  expect(replaced(old, sentimentWith(0.7), sentimentWith(-0.2), at(NOW + HOUR))).toBe(old);
});

it('of two articles stored at the same time, the one with the lower number is first', () => {
  expect([{ ...waiting, number: 2 }, { ...waiting, number: 3, storedAt: NOW - 1 }, waiting].sort(oldestFirst).map(({ number }) => number)).toEqual([3, 1, 2]);
});

it('looks up the story only of an article that gets its score', () => {
  const joins = jest.fn(() => undefined);
  const failed: LifeArticle = { ...waiting, state: 'failed', reason: 'broken' };
  expect(scored(failed, sentimentWith(0.8), joins, at(NOW))).toBe(failed);
  expect(scored(waiting, sentimentWith(0.8), joins, at(EXPIRED))).toBe(waiting);
  expect(joins).not.toHaveBeenCalled();
  expect(scored({ ...waiting, leaseToken: 'token' }, sentimentWith(0.8), joins, at(NOW))).toEqual({
    ...waiting,
    state: 'scored',
    sentiment: sentimentWith(0.8),
    scoredAt: NOW,
  });
});
