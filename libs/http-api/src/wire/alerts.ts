import type { AlertRule, Backtest, Channel, Delivery, Episode } from '@barometer/alerting';
import { HOUR } from '@barometer/kernel';
import type * as wire from '../contract';
import { defined } from './defined';
import { isoTime, optionalTime } from './time';

export function wireRule({ state, version: _, createdAt, changedAt, quiet, broken, channelIds, scope, ...form }: AlertRule): wire.AlertRule {
  return {
    ...form,
    scope: defined(scope),
    channelIds: [...channelIds],
    createdAt: isoTime(createdAt),
    changedAt: isoTime(changedAt),
    evaluatedTo: isoTime((state.evaluatedTo + 1) * HOUR),
    ringing: Object.values(state.subjects).some(({ openedHour }) => openedHour !== undefined),
    ...(quiet && { quiet }),
    ...(broken !== undefined && { broken }),
  };
}

/**
 * A channel; without `isWhole`, only the scheme and host of its address: the rest would allow anyone to post there.
 * Passwords are never shown.
 */
export function wireChannel({ id, name, target, createdAt, disabled }: Channel, isWhole: boolean): wire.AlertChannel {
  const shown = target.kind === 'email' ? { ...target, to: [...target.to] } : 'url' in target ? { ...target, url: addressOf(target.url, isWhole) } : target;
  return { id, name, target: shown, createdAt: isoTime(createdAt), ...(disabled !== undefined && { disabled }) };
}

function addressOf(address: string, isWhole: boolean): string {
  const url = URL.parse(address);
  if (!url || !isWhole) return url?.origin ?? '';
  if (url.username === '' && url.password === '') return address;
  // From a channel that an older version stored.
  url.username = url.password = '';
  return url.href;
}

export function wireEpisode({
  id,
  ruleId,
  ruleName,
  scope,
  scopeName,
  condition,
  windowHours,
  openedAt,
  evaluatedAt,
  closedAt,
  closedReason,
  value,
  volume,
  usual,
  sentence,
  drivers,
  headlines,
  view,
}: Episode): wire.AlertEpisode {
  return {
    id,
    ruleId,
    ruleName,
    scope: defined(scope),
    scopeName,
    kind: condition.kind,
    windowHours,
    openedAt: isoTime(openedAt),
    ...optionalTime('evaluatedAt', evaluatedAt),
    ...optionalTime('closedAt', closedAt),
    ...(closedReason && { closedReason }),
    value,
    volume,
    ...(usual && { usual }),
    sentence,
    drivers: [...drivers],
    headlines: headlines.map(defined),
    view,
  };
}

export function wireBacktest({ from, to, isComplete, judgedHours, episodes }: Backtest): wire.AlertBacktest {
  return {
    from: isoTime(from),
    to: isoTime(to),
    isComplete,
    judgedHours,
    episodes: episodes.map(({ openedAt, closedAt, ...rest }) => ({ ...rest, openedAt: isoTime(openedAt), ...optionalTime('closedAt', closedAt) })),
  };
}

export function wireDelivery({ id, channelId, told, editionId, state, attempts, createdAt, availableAt, sentAt, reason }: Delivery): wire.AlertDelivery {
  return {
    id,
    channelId,
    told: [...told],
    ...(editionId !== undefined && { editionId }),
    state,
    attempts,
    createdAt: isoTime(createdAt),
    ...optionalTime('nextAt', state === 'waiting' ? availableAt : undefined),
    ...optionalTime('sentAt', sentAt),
    ...(reason !== undefined && { reason }),
  };
}
