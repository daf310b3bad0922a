import type { Period } from '@barometer/reporting';

/** Milliseconds since 1970 as the wire has them. */
export const isoTime = (milliseconds: number): string => new Date(milliseconds).toISOString();

export const isoPeriod = ({ from, to }: Period): { from: string; to: string } => ({ from: isoTime(from), to: isoTime(to) });

/** `{ [key]: isoTime(value) }`, or nothing where there is no such time. */
export function optionalTime<Key extends string>(key: Key, value: number | undefined): { [K in Key]?: string } {
  return (value === undefined ? {} : { [key]: isoTime(value) }) as { [K in Key]?: string };
}
