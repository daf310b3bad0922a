import { sourceState, type Source, type SourceHealth } from '@barometer/ingestion';
import type * as wire from '../contract';
import { isoTime, optionalTime } from './time';

/** How many sources are in each state. */
export function sourceCounts(sources: readonly Source[]): wire.Status['sources'] {
  const counts = { total: sources.length, ok: 0, failing: 0, paused: 0, gone: 0, new: 0 };
  for (const source of sources) counts[sourceState(source)] += 1;
  return counts;
}

export function wireSource(source: Source): wire.Source {
  const { id, kind, url, name, homepage, language, groups = [], intervalMinutes, userAgent, paused, addedAt } = source;
  return {
    id,
    kind,
    url,
    name,
    ...(homepage !== undefined && { homepage }),
    ...(language !== undefined && { language }),
    groups: [...groups],
    intervalMinutes,
    ...(userAgent !== undefined && { userAgent }),
    paused,
    addedAt: isoTime(addedAt),
    state: sourceState(source),
    health: wireHealth(source.health),
  };
}

function wireHealth(health: SourceHealth): wire.SourceHealth {
  const { status, nextPollAt, lastPolledAt, lastSuccessAt, httpStatus, message, notices, failures, polls, articles, bytesSaved } = health;
  return {
    status,
    nextPollAt: isoTime(nextPollAt),
    ...optionalTime('lastPolledAt', lastPolledAt),
    ...optionalTime('lastSuccessAt', lastSuccessAt),
    ...(httpStatus !== undefined && { httpStatus }),
    ...(message !== undefined && { message }),
    ...(notices && { notices: [...notices] }),
    failures,
    polls,
    articles,
    bytesSaved,
  };
}
