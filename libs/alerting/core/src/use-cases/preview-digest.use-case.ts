import { HOUR, type Clock, type Result } from '@barometer/kernel';
import type { DigestForm } from '../domain/digest';
import type { Edition } from '../domain/edition';
import type { Hours } from '../ports/alert-news.port';
import { composeEdition, type EditionNews, type NoEdition } from './compose-edition';

/** The fields of a digest that a preview needs. */
export type PreviewedDigest = Pick<DigestForm, 'every' | 'timeZone' | 'scope'> & Partial<Pick<DigestForm, 'name'>> & { readonly id?: string };

const LENGTH = { day: 24, week: 7 * 24 } as const;
const NAMES = { day: 'Daily digest', week: 'Weekly digest' } as const;

/** The whole day or week that ends with the hour containing a moment. */
export const hoursUpTo = (every: 'day' | 'week', at: number): Hours => ({ from: Math.ceil(at / HOUR) - LENGTH[every], to: Math.ceil(at / HOUR) });

/** What a digest would say if it were due at a moment, now by default and at the latest; the current hour is included as far as it has passed. */
export class PreviewDigest {
  constructor(private readonly deps: EditionNews & { readonly clock: Clock }) {}

  async execute(digest: PreviewedDigest, moment = Infinity): Promise<Result<Edition, NoEdition>> {
    const at = Math.min(moment, this.deps.clock.now());
    const { id = 'preview', name = NAMES[digest.every] } = digest;
    return composeEdition(this.deps, { digest: { ...digest, id, name }, dueAt: at, hours: hoursUpTo(digest.every, at), skipped: 0 });
  }
}
