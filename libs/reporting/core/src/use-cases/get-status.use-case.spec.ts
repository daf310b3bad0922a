import { HOUR, ManualClock } from '@barometer/kernel';
import { reportsOf } from '../testing/fakes';
import { GetStatus } from './get-status.use-case';

const articles = { pending: 2, scored: 3, failed: 0, skipped: 1 };
const judgements = { judged: 2, agreed: 1 };

it('GetStatus tells counts, the age of the oldest that waits, and when somebody last looked', async () => {
  const now = 1_000 * HOUR + 5;
  const reports = reportsOf({ status: async () => ({ ...articles, judgements, oldestPendingAt: now - 700 }), observedHours: async () => [998, 999], watermark: async () => 'w1' });
  const status = await new GetStatus({ reports, clock: new ManualClock(now) }).execute();
  expect(status).toEqual({ asOf: now, articles, judgements, oldestPendingAgeMs: 700, lastObservedHour: 999 * HOUR, watermark: 'w1' });
});

it('GetStatus leaves out what is not there', async () => {
  const reports = reportsOf({ status: async () => ({ ...articles, judgements }), observedHours: async () => [], watermark: async () => 'w0' });
  expect(await new GetStatus({ reports, clock: new ManualClock(5) }).execute()).toEqual({ asOf: 5, articles, judgements, watermark: 'w0' });
});
