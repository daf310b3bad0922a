import type { BreakdownRow, Drivers } from '@barometer/http-api/contract';
import { t } from '../i18n/translate';
import { usualText, type UsualText } from './usual';

export type Comparison = Drivers['against'];

/**
 * What the rows of a table are compared with: what is usual of each where that is known of any, else the period before. It is a
 * property of the whole table, so that it does not change with the row that is chosen.
 */
export const comparisonOfRows = (rows: readonly Pick<BreakdownRow, 'usual'>[]): Comparison => (rows.some(({ usual }) => usual) ? 'usual' : 'before');

/** Why a row with a tone cannot say whether that is usual; `undefined` if it can, or if it has no tone. */
export function withoutUsual({ tone, usual, noUsual }: Pick<BreakdownRow, 'tone' | 'usual' | 'noUsual'>): UsualText | undefined {
  if (tone === null || usual) return undefined;
  return noUsual ? usualText({ usual: null, noUsual }) : { headline: t('usual.notLargest'), basis: t('usual.notLargest.explained') };
}
