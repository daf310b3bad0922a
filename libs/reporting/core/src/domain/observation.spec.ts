import { HOUR } from '@barometer/kernel';
import { observationPeriod, observedIn, wasObserved } from './observation';

const period = { from: 100 * HOUR, to: 120 * HOUR };
const hours = (scope: { sourceId?: string; topicId?: string }, polled: number[]) => [...observedIn(scope, period, polled)];

describe('observed hours', () => {
  it('of everything and of a topic are those with a successful poll', () => {
    expect(hours({}, [99, 100, 103, 120])).toEqual([100, 103]);
    expect(hours({ topicId: 'gas' }, [100, 102])).toEqual([100, 102]);
  });

  it('of one source bridge up to two hours, also across the ends of the period', () => {
    expect(hours({ sourceId: 'wire' }, [98, 101, 105, 108])).toEqual([100, 101, 105, 106, 107, 108]);
    expect(hours({ sourceId: 'wire' }, [118, 121])).toEqual([118, 119]);
    expect(observationPeriod({ sourceId: 'wire' }, period)).toEqual({ from: 97 * HOUR, to: 123 * HOUR });
    expect(observationPeriod({}, period)).toEqual(period);
  });

  it('make a period observed from nine tenths', () => {
    const seen = (count: number) => new Set(Array.from({ length: count }, (_, index) => 100 + index));
    expect([wasObserved(period, seen(18)), wasObserved(period, seen(17)), wasObserved({ from: HOUR, to: HOUR }, seen(20))]).toEqual([true, false, false]);
  });
});
