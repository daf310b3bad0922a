import { MINUTE } from '@barometer/kernel';
import {
  CANARY_EVERY,
  CANARY_LATE,
  canaryIdOf,
  canarySentences,
  canaryStatus,
  canaryWords,
  endedCanary,
  isCanary,
  isCanaryAwaited,
  isCanaryDue,
  nextSentence,
  type CanaryAnswer,
  type CanaryOutcome,
  type CanaryRecord,
} from './index';

const sentAt = Date.UTC(2026, 10, 27, 12);
const record: CanaryRecord = { id: canaryIdOf(sentAt), sentAt, summary: '', ...canarySentences[0] };
const answered = (change: Partial<CanaryAnswer> = {}): CanaryRecord => ({
  ...record,
  answer: { label: 'positive', tone: 0.9, model: { id: 'm', revision: '1' }, answeredAt: sentAt + 900, ...change },
});
const before: CanaryOutcome = { state: 'wrong', sentAt: sentAt - CANARY_EVERY, expected: 'negative', label: 'neutral', tone: 0, tookMs: 5 };

it('has ids as long as those of articles, and different from all of them', () => {
  expect(canaryIdOf(sentAt)).toHaveLength(26);
  expect([canaryIdOf(sentAt), 'canaryabcdefghijklmnopqrst'].map(isCanary)).toEqual([true, false]);
});

it('alternates good and bad sentences', () => {
  const [good, bad] = canarySentences;
  expect([undefined, good, bad].map(nextSentence)).toEqual([good, bad, good]);
});

it.each([
  ['none was sent', undefined, true],
  ['the last is a moment old', { sentAt: sentAt - MINUTE }, false],
  ['a quarter of an hour has passed', { sentAt: sentAt - CANARY_EVERY }, true],
  ['another machine is some seconds ahead', { sentAt: sentAt + 20_000 }, false],
  ['the clock was set back', { sentAt: sentAt + 2 * MINUTE }, true],
])('is due where %s: %#', (_case, last, due) => expect(isCanaryDue(last, sentAt)).toBe(due));

describe('the status', () => {
  const end = sentAt + CANARY_LATE;
  it.each([
    ['nothing was sent', undefined, sentAt, 'none', 'none was sent yet'],
    ['the first is on its way', record, end, 'waiting', 'is on its way since 2026-11-27 12:00 UTC'],
    ['the next is on its way', { ...record, before }, end, 'wrong', 'WRONG: the model calls a negative sentence neutral'],
    ['the answer is right', answered(), end, 'right', 'right after 0.9 s (positive, sent at 2026-11-27 12:00 UTC)'],
    ['the answer is another', answered({ label: 'neutral' }), end, 'wrong', 'WRONG: the model calls a positive sentence neutral'],
    ['no answer came', { ...record, before }, end + 1, 'late', 'LATE: the one sent at 2026-11-27 12:00 UTC had no score after 5 minutes'],
    ['the answer came late', answered({ answeredAt: end + 1 }), end + 1, 'late', 'LATE: the one sent at 2026-11-27 12:00 UTC took 300.0 s'],
    ['nothing sends any more', answered(), sentAt + CANARY_EVERY + CANARY_LATE + 1, 'stopped', 'none was sent since 2026-11-27 12:00 UTC'],
    ['the clock of the answering process was behind', answered({ answeredAt: sentAt - 5 }), end, 'right', 'right after 0.0 s'],
  ] as const)('%s', (_case, last, now, state, words) => {
    const status = canaryStatus(last, now);
    expect(status.state).toBe(state);
    expect(canaryWords(status)).toContain(words);
  });
});

it('counts as late if the next one is sent on time, and as nothing if the computer slept', () => {
  const next = sentAt + CANARY_EVERY;
  expect(endedCanary(record, next)?.state).toBe('late');
  expect(endedCanary(answered(), next)).toMatchObject({ state: 'right', tookMs: 900, tone: 0.9 });
  expect(endedCanary(record, next + CANARY_LATE + 1)).toBeUndefined();
});

it('is awaited until it is late or answered', () => {
  expect([isCanaryAwaited(record, sentAt), isCanaryAwaited(record, sentAt + CANARY_LATE + 1), isCanaryAwaited(answered(), sentAt)]).toEqual([
    true,
    false,
    false,
  ]);
});
