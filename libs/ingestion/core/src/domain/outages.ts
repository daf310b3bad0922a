import type { Outage, Source } from './source';

/** From this many failures in a row on, it is an outage and not only a short disturbance. */
const FAILURES = 3;
/** How many outages of a source are kept. */
const MOST_OUTAGES = 5;

const isOpen = (outage: Outage | undefined): outage is Outage => outage !== undefined && outage.to === undefined;

/** The outages after the `failures`th failure in a row; a failure that ends polling (`isLast`) is an outage at once. */
export function outagesAfterFailure({ addedAt, health: { outages = [], lastSuccessAt } }: Source, failures: number, isLast: boolean): readonly Outage[] {
  if (isOpen(outages.at(-1)) || (failures < FAILURES && !isLast)) return outages;
  return [...outages, { from: lastSuccessAt ?? addedAt }].slice(-MOST_OUTAGES);
}

/** The outages after a success at `now`. */
export function outagesAfterSuccess({ health: { outages = [] } }: Source, now: number): readonly Outage[] {
  const last = outages.at(-1);
  return isOpen(last) ? [...outages.slice(0, -1), { ...last, to: now }] : outages;
}
