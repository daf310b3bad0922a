import { useConnectionState } from './use-connection';
import { periods, type PeriodName } from './view';

/** The periods for which counts are kept long enough; longer ones would be refused. */
export function usePeriods(): readonly PeriodName[] {
  const kept = useConnectionState(({ status }) => status?.kept.countDays ?? Infinity);
  return periods.filter((period) => Number.parseInt(period, 10) / (period.endsWith('d') ? 1 : 24) <= kept);
}

const widerPeriod: Readonly<Record<PeriodName, PeriodName | undefined>> = { '24h': '7d', '48h': '7d', '7d': '30d', '30d': undefined };

/** The next longer period, where there is one. */
export function useWiderPeriod(period: PeriodName): PeriodName | undefined {
  const wider = widerPeriod[period];
  return usePeriods().find((one) => one === wider);
}
