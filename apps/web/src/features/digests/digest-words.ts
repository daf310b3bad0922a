import type { Digest, NewDigest } from '@barometer/http-api/contract';
import { formatDayAndClock, formatWeekday } from '../../format/times';
import { t } from '../../i18n/translate';
import { scopeOfDraft } from '../alerts/scope-fields';

export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

/** The fields of the editor. */
export interface DigestDraft {
  readonly name: string;
  readonly every: 'day' | 'week';
  readonly weekday: Digest['weekday'];
  readonly time: string;
  readonly timeZone: string;
  readonly topicId: string;
  readonly sourceId: string;
  readonly group: string;
  readonly channelIds: readonly string[];
  readonly enabled: boolean;
}

export function digestDraftOf(digest: Digest | undefined): DigestDraft {
  return {
    name: digest?.name ?? t('digests.firstName'),
    every: digest?.every ?? 'day',
    weekday: digest?.weekday ?? 'monday',
    time: digest?.time ?? '07:00',
    timeZone: digest?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    topicId: digest?.scope.topicId ?? '',
    sourceId: digest?.scope.sourceId ?? '',
    group: digest?.scope.group ?? '',
    channelIds: digest?.channelIds ?? [],
    enabled: digest?.enabled ?? true,
  };
}

/** The digest that a draft describes; `undefined` while something is missing. */
export function digestOf({ name, topicId, sourceId, group, channelIds, ...rest }: DigestDraft): NewDigest | undefined {
  if (name.trim() === '' || rest.time === '' || rest.timeZone.trim() === '' || channelIds.length === 0) return undefined;
  return { ...rest, name: name.trim(), channelIds: [...channelIds], scope: scopeOfDraft({ topicId, sourceId, group }) };
}

/** The scope of a digest, its schedule and its channels, in words. */
export function scheduleText(
  { every, weekday, time, timeZone: zone }: Pick<Digest, 'every' | 'weekday' | 'time' | 'timeZone'>,
  about: string,
  channels: string,
): string {
  const values = { about, time, zone, channels };
  return every === 'day' ? t('digests.daily', values) : t('digests.weekly', { ...values, weekday: formatWeekday(weekdays.indexOf(weekday)) });
}

/** How the last edition fared, and when the next one is due. */
export function stateText({ enabled, nextAt, last }: Digest): string {
  const next = enabled && nextAt ? t('digests.next', { time: formatDayAndClock(Date.parse(nextAt)) }) : t('digests.off');
  if (!last) return next;
  const time = formatDayAndClock(Date.parse(last.dueAt));
  const before = last.outcome === 'told' ? t('digests.told', { time }) : t('digests.notTold', { time, reason: last.reason ?? last.outcome });
  return [before, ...(last.skipped === 0 ? [] : [t('digests.skipped', { count: last.skipped })]), next].join(' ');
}
