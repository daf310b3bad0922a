import { HOUR } from '@barometer/kernel';
import type { Period } from '@barometer/reporting';

/** Milliseconds since 1970 in the form of answers. */
export const isoTime = (milliseconds: number): string => new Date(milliseconds).toISOString();

export const isoPeriod = ({ from, to }: Period): { from: string; to: string } => ({ from: isoTime(from), to: isoTime(to) });

/** `{ [key]: isoTime(value) }`, or nothing if there is no such time. */
export function optionalTime<Key extends string>(key: Key, value: number | undefined): { [K in Key]?: string } {
  return (value === undefined ? {} : { [key]: isoTime(value) }) as { [K in Key]?: string };
}

/** Since when things are kept, where what was asked for begins earlier. Figures are of whole hours, which is no cut. */
export const keptSinceOf = (keptFrom: number, asked: number): { readonly keptSince?: string } =>
  keptFrom - asked > HOUR ? { keptSince: isoTime(keptFrom) } : {};
