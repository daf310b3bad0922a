import { editionJson, linkOf, type Episode, type Notice } from '@barometer/alerting';

const time = (milliseconds: number): string => new Date(milliseconds).toISOString();

/**
 * The body that is posted to a webhook, version 1: fields may be added, but none is renamed or removed (docs/alerts.md,
 * docs/digest.md). The shape follows Standard Webhooks: type, timestamp, data.
 */
export function webhookBody(notice: Notice): string {
  if (notice.edition) {
    return JSON.stringify({
      type: notice.test ? 'digest.test' : 'digest.told',
      version: 1,
      timestamp: time(notice.at),
      data: { digest: editionJson(notice.edition, linkOf(notice, notice.edition)) },
    });
  }
  return JSON.stringify({
    type: notice.test ? 'alerts.test' : 'alerts.told',
    version: 1,
    timestamp: time(notice.at),
    data: { alerts: notice.items.map(({ event, episode }) => ({ event, ...episodeOf(episode), link: linkOf(notice, episode) ?? null })) },
  });
}

function episodeOf({
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
}: Episode) {
  return {
    id,
    rule: { id: ruleId, name: ruleName },
    scope: { topic: scope.topicId ?? null, source: scope.sourceId ?? null, group: scope.group ?? null, name: scopeName },
    condition,
    windowHours,
    openedAt: time(openedAt),
    evaluatedAt: evaluatedAt === undefined ? null : time(evaluatedAt),
    closedAt: closedAt === undefined ? null : time(closedAt),
    closedReason: closedReason ?? null,
    value,
    articles: volume,
    usual: usual ?? null,
    sentence,
    drivers,
    headlines,
  };
}
