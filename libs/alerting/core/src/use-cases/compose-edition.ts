import { err, HOUR, ok, type Result } from '@barometer/kernel';
import type { DigestForm } from '../domain/digest';
import { editionId, type Edition } from '../domain/edition';
import { viewOf } from '../domain/episode';
import type { AlertNews, Hours } from '../ports/alert-news.port';
import type { DigestNews } from '../ports/digest-news.port';

/** At most this many sources in trouble are named. */
const MOST_TROUBLED = 5;

export interface EditionNews {
  readonly digestNews: DigestNews;
  readonly news: Pick<AlertNews, 'nameOf'>;
}

/** Why there is no edition. */
export interface NoEdition {
  readonly outcome: 'silent' | 'scope-gone';
  /** One sentence. */
  readonly reason: string;
}

export interface EditionAsked {
  readonly digest: Pick<DigestForm, 'name' | 'every' | 'timeZone' | 'scope'> & { readonly id: string };
  readonly dueAt: number;
  readonly hours: Hours;
  /** Earlier editions that were due while Barometer was not running. */
  readonly skipped: number;
}

/** Composes the edition of a digest, or says why there is none: without scored articles, nothing is sent. */
export async function composeEdition({ digestNews, news }: EditionNews, { digest, dueAt, hours, skipped }: EditionAsked): Promise<Result<Edition, NoEdition>> {
  const { id: digestId, name, every, timeZone, scope } = digest;
  const scopeName = await news.nameOf(scope);
  if (scopeName === undefined) return err({ outcome: 'scope-gone', reason: 'Its topic, source or group is gone.' });
  const found = await digestNews.newsOf(scope, hours);
  if (found.volume === 0) return err({ outcome: 'silent', reason: silenceOf(found.observedHours) });
  const troubled = await digestNews.troubled(scope);
  return ok({
    ...found,
    id: editionId(digestId, dueAt),
    digestId,
    name,
    every,
    timeZone,
    scope,
    scopeName,
    dueAt,
    from: hours.from * HOUR,
    to: Math.min(hours.to * HOUR, dueAt),
    troubled: troubled.slice(0, MOST_TROUBLED),
    moreTroubled: Math.max(0, troubled.length - MOST_TROUBLED),
    skipped,
    view: viewOf(scope, hours.to - 1, hours.to - hours.from),
  });
}

const silenceOf = (observedHours: number): string =>
  observedHours === 0 ? 'Nothing was observed: no feed was read in these hours.' : 'Nothing was told: no article of these hours was scored.';
