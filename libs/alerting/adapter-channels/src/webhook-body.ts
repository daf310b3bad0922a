import { linkOf, type Episode, type Notice } from '@barometer/alerting';

const time = (milliseconds: number): string => new Date(milliseconds).toISOString();

/**
 * What is posted to a webhook, version 1: fields may be added, none is renamed or taken away (docs/alerts.md). The shape is
 * that of Standard Webhooks: type, timestamp, data.
 */
export function webhookBody(notice: Notice): string {
  return JSON.stringify({
    type: notice.test ? 'alerts.test' : 'alerts.told',
    version: 1,
    timestamp: time(notice.at),
    data: { alerts: notice.items.map(({ event, episode }) => ({ event, ...episodeOf(episode), link: linkOf(notice, episode) ?? null })) },
  });
}

function episodeOf({ id, ruleId, ruleName, scope, scopeName, condition, windowHours, openedAt, closedAt, closedReason, value, volume, usual, sentence, drivers, headlines }: Episode) {
  return {
    id, rule: { id: ruleId, name: ruleName }, scope: { topic: scope.topicId ?? null, source: scope.sourceId ?? null, name: scopeName }, condition, windowHours,
    openedAt: time(openedAt), closedAt: closedAt === undefined ? null : time(closedAt), closedReason: closedReason ?? null, value, articles: volume, usual: usual ?? null, sentence, drivers, headlines,
  };
}
