import { editionJson, type Edition, type ListedDigest } from '@barometer/alerting';
import type * as wire from '../contract';
import { defined } from './defined';
import { isoTime, optionalTime } from './time';

export function wireDigest({ digest, nextAt }: ListedDigest): wire.Digest {
  const {
    id,
    name,
    every,
    weekday,
    time,
    timeZone,
    scope,
    channelIds,
    enabled,
    createdAt,
    changedAt,
    state: { last },
  } = digest;
  return {
    id,
    name,
    every,
    weekday,
    time,
    timeZone,
    scope: defined(scope),
    channelIds: [...channelIds],
    enabled,
    createdAt: isoTime(createdAt),
    changedAt: isoTime(changedAt),
    ...optionalTime('nextAt', nextAt),
    ...(last && {
      last: { dueAt: isoTime(last.dueAt), outcome: last.outcome, ...(last.reason !== undefined && { reason: last.reason }), skipped: last.skipped },
    }),
  };
}

export function wireEdition(edition: Edition, link: string): NonNullable<wire.DigestPreview['edition']> {
  const { drivers, stories, good, ...rest } = editionJson(edition, link);
  return { ...rest, drivers: drivers.map(defined), stories: stories.map(defined), good: good && defined(good) };
}
