import { noCounts } from '../domain/figures';
import { reportsOf } from '../testing/fakes';
import { CheckInvariant } from './check-invariant.use-case';

const found = [{ scope: 'all', hour: 1, stored: noCounts, expected: { ...noCounts, neutral: 1 } }];

describe('CheckInvariant', () => {
  it('only looks unless it is told to mend', async () => {
    const reports = reportsOf({ check: async () => found });
    expect(await new CheckInvariant({ reports }).execute()).toEqual({ discrepancies: found, repaired: 0 });
  });

  it('mends what differs and leaves a sound store alone', async () => {
    const repair = jest.fn(async () => 1);
    expect(await new CheckInvariant({ reports: reportsOf({ check: async () => found, repair }) }).execute({ repair: true })).toEqual({ discrepancies: found, repaired: 1 });
    await new CheckInvariant({ reports: reportsOf({ check: async () => [], repair }) }).execute({ repair: true });
    expect(repair).toHaveBeenCalledTimes(1);
  });
});
