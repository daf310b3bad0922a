import { HOUR, lastExpiredHour, ManualClock, RETENTION } from '@barometer/kernel';
import { noCounts } from '../domain/figures';
import { reportsOf } from '../testing/fakes';
import { CheckInvariant } from './check-invariant.use-case';

const found = [{ scope: 'all', hour: 1, stored: noCounts, expected: { ...noCounts, neutral: 1 } }];

const clock = new ManualClock(Date.UTC(2026, 10, 23, 12));
const checkedFrom = async () => lastExpiredHour(clock.now(), RETENTION) + 1;

describe('CheckInvariant', () => {
  it('repairs only on request', async () => {
    const reports = reportsOf({ checkedFrom, check: async () => found });
    expect(await new CheckInvariant({ clock, reports }).execute()).toEqual({ discrepancies: found, repaired: 0 });
  });

  it('says since when it compared, if older counts are kept', async () => {
    const retention = { articles: RETENTION, rollups: 2 * RETENTION };
    const reports = reportsOf({ retention, checkedFrom, check: async () => [] });
    expect(await new CheckInvariant({ clock, reports }).execute()).toEqual({ discrepancies: [], repaired: 0, since: clock.now() - RETENTION + HOUR });
  });

  it('repairs what differs and does not touch a correct store', async () => {
    const repair = jest.fn(async () => 1);
    expect(await new CheckInvariant({ clock, reports: reportsOf({ checkedFrom, check: async () => found, repair }) }).execute({ repair: true })).toEqual({
      discrepancies: found,
      repaired: 1,
    });
    await new CheckInvariant({ clock, reports: reportsOf({ checkedFrom, check: async () => [], repair }) }).execute({ repair: true });
    expect(repair).toHaveBeenCalledTimes(1);
  });
});
