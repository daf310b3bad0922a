import type { AlertRule, Backtest, Channel, Delivery, Episode } from '@barometer/alerting';
import { HOUR } from '@barometer/kernel';
import type * as wire from '../contract';
import { defined } from './defined';
import { isoTime, optionalTime } from './time';

export function wireRule({ state, version: _, createdAt, changedAt, quiet, broken, channelIds, scope, ...form }: AlertRule): wire.AlertRule {
  return {
    ...form, scope: defined(scope), channelIds: [...channelIds], createdAt: isoTime(createdAt), changedAt: isoTime(changedAt), evaluatedTo: isoTime((state.evaluatedTo + 1) * HOUR),
    ringing: Object.values(state.subjects).some(({ openedHour }) => openedHour !== undefined), ...(quiet && { quiet }), ...(broken !== undefined && { broken }),
  };
}

export function wireChannel({ id, name, target, createdAt, disabled }: Channel): wire.AlertChannel {
  return { id, name, target: (target.kind === 'email' ? { ...target, to: [...target.to] } : target), createdAt: isoTime(createdAt), ...(disabled !== undefined && { disabled }) };
}

export function wireEpisode({ id, ruleId, ruleName, scope, scopeName, condition, windowHours, openedAt, closedAt, closedReason, value, volume, usual, sentence, drivers, headlines, view }: Episode): wire.AlertEpisode {
  return {
    id, ruleId, ruleName, scope: defined(scope), scopeName, kind: condition.kind, windowHours, openedAt: isoTime(openedAt), ...optionalTime('closedAt', closedAt), ...(closedReason && { closedReason }), value, volume,
    ...(usual && { usual }), sentence, drivers: [...drivers], headlines: headlines.map(defined), view,
  };
}

export function wireBacktest({ from, to, isComplete, judgedHours, episodes }: Backtest): wire.AlertBacktest {
  return { from: isoTime(from), to: isoTime(to), isComplete, judgedHours, episodes: episodes.map(({ openedAt, closedAt, ...rest }) => ({ ...rest, openedAt: isoTime(openedAt), ...optionalTime('closedAt', closedAt) })) };
}

export function wireDelivery({ id, channelId, told, state, attempts, createdAt, availableAt, sentAt, reason }: Delivery): wire.AlertDelivery {
  return { id, channelId, told: [...told], state, attempts, createdAt: isoTime(createdAt), ...optionalTime('nextAt', state === 'waiting' ? availableAt : undefined), ...optionalTime('sentAt', sentAt), ...(reason !== undefined && { reason }) };
}
