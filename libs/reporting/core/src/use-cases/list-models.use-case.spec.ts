import { HOUR, ManualClock, RETENTION } from '@barometer/kernel';
import type { Period } from '../domain/report';
import { reportsOf } from '../testing/fakes';
import { ListModels } from './list-models.use-case';

const model = (revision: string) => ({ id: 'm', revision });

describe('ListModels', () => {
  it('names each model once, over the whole retention', async () => {
    const now = RETENTION + 10.5 * HOUR;
    const asked: Period[] = [];
    const reports = reportsOf({
      modelChanges: async (period) => {
        asked.push(period);
        return [
          { at: 1, model: model('r1') },
          { at: 2, model: model('r2') },
          { at: 3, model: model('r1') },
        ];
      },
    });
    expect(await new ListModels({ reports, clock: new ManualClock(now) }).execute()).toEqual([model('r1'), model('r2')]);
    expect(asked).toEqual([{ from: now - RETENTION, to: RETENTION + 11 * HOUR }]);
  });

  it('names none if nothing is scored', async () => {
    expect(await new ListModels({ reports: reportsOf({ modelChanges: async () => [] }), clock: new ManualClock(RETENTION) }).execute()).toEqual([]);
  });
});
