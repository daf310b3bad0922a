import { CANARY_LATE, canaryIdOf, canarySentences } from '@barometer/canary';
import { HOUR, ManualClock } from '@barometer/kernel';
import { reportsOf } from '../testing/fakes';
import { GetStatus } from './get-status.use-case';

const articles = { pending: 2, scored: 3, failed: 0, skipped: 1 };
const judgements = { judged: 2, agreed: 1 };

it('GetStatus answers counts, the age of the oldest pending article, and when a poll last succeeded', async () => {
  const now = 1_000 * HOUR + 5;
  const reports = reportsOf({
    status: async () => ({ ...articles, judgements, oldestPendingAt: now - 700 }),
    observedHours: async () => [998, 999],
    watermark: async () => 'w1',
  });
  const status = await new GetStatus({ reports, clock: new ManualClock(now) }).execute();
  expect(status).toEqual({ asOf: now, articles, judgements, oldestPendingAgeMs: 700, lastObservedHour: 999 * HOUR, watermark: 'w1' });
});

it('GetStatus leaves out what does not exist', async () => {
  const reports = reportsOf({ status: async () => ({ ...articles, judgements }), observedHours: async () => [], watermark: async () => 'w0' });
  expect(await new GetStatus({ reports, clock: new ManualClock(5) }).execute()).toEqual({ asOf: 5, articles, judgements, watermark: 'w0' });
});

it('GetStatus says how the canary fared, if one is sent', async () => {
  const reports = reportsOf({ status: async () => ({ ...articles, judgements }), observedHours: async () => [], watermark: async () => 'w0' });
  const read = async () => ({ id: canaryIdOf(5), sentAt: 5, summary: '', ...canarySentences[0] });
  const canaryAt = async (now: number) => (await new GetStatus({ reports, canaries: { read }, clock: new ManualClock(now) }).execute()).canary;
  expect(await canaryAt(5 + CANARY_LATE)).toEqual({ state: 'waiting', sentAt: 5 });
  expect(await canaryAt(6 + CANARY_LATE)).toEqual({ state: 'late', sentAt: 5, expected: 'positive' });
});
