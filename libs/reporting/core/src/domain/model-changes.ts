import type { ModelRef } from '@barometer/events';
import { HOUR } from '@barometer/kernel';
import type { ModelChange } from './report';

/** The number of scores of an hour that come from a model. */
export interface ModelHour {
  readonly hour: number;
  readonly model: ModelRef;
  readonly count: number;
}

const isSame = (one: ModelRef, other: ModelRef) => one.id === other.id && one.revision === other.revision;

/**
 * The first model, and every hour from which most scores come from another one; if two models share an hour equally,
 * the previous one stays. `rows` are in the order of their hours.
 */
export function modelChangesOf(rows: Iterable<ModelHour>): ModelChange[] {
  const changes: ModelChange[] = [];
  let leader: ModelHour | undefined;
  const close = () => {
    const last = changes.at(-1);
    if (leader && (!last || !isSame(last.model, leader.model))) changes.push({ at: leader.hour * HOUR, model: leader.model });
  };
  for (const row of rows) {
    if (leader && leader.hour !== row.hour) {
      close();
      leader = undefined;
    }
    if (!leader || beats(row, leader, changes.at(-1)?.model)) leader = row;
  }
  close();
  return changes;
}

function beats(row: ModelHour, leader: ModelHour, current: ModelRef | undefined): boolean {
  if (row.count !== leader.count) return row.count > leader.count;
  return current !== undefined && isSame(row.model, current);
}
