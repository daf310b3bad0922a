import type { AlertBacktest, AlertChannel, AlertDelivery, AlertEpisode, AlertRule, NewAlertChannel, NewAlertRule } from '@barometer/http-api/contract';
import { HOUR, iso } from './mock-data';
import { problem, type MockAnswer, type MockRequest } from './mock-http';

export interface MockAlerts {
  readonly now: number;
  rules: AlertRule[];
  channels: AlertChannel[];
  episodes: AlertEpisode[];
  deliveries: AlertDelivery[];
}

/** An open alert, a past one whose notice failed, and a channel, in situations with news. */
export function alertsFor(situation: string, now: number): MockAlerts {
  if (situation !== 'second-day') return { now, rules: [], channels: [], episodes: [], deliveries: [] };
  const rule = ruleFrom('dark', now, { name: 'Darker than usual', condition: { kind: 'unusual', direction: 'darker', beyond: 0 }, channelIds: ['phone'] });
  return {
    now,
    rules: [{ ...rule, ringing: true }],
    channels: [{ id: 'phone', name: 'Phone', target: { kind: 'ntfy', url: 'https://ntfy.sh/my-topic' }, createdAt: iso(now - 40 * HOUR) }],
    episodes: [episode(now, 'e2', 2), { ...episode(now, 'e1', 30), closedAt: iso(now - 20 * HOUR), closedReason: 'over' }],
    deliveries: [failedNotice(now, 'd1', 'e1'), { ...failedNotice(now, 'd0', 'e2'), state: 'sent' }],
  };
}

const failedNotice = (now: number, id: string, episodeId: string): AlertDelivery => ({
  id,
  channelId: 'phone',
  told: [{ episodeId, event: 'opened' }],
  state: 'failed',
  attempts: 9,
  createdAt: iso(now - 30 * HOUR),
  reason: 'The receiver answers 503.',
});

export const episode = (now: number, id: string, hours: number): AlertEpisode => ({
  id,
  ruleId: 'dark',
  ruleName: 'Darker than usual',
  scope: {},
  scopeName: 'all news',
  kind: 'unusual',
  windowHours: 24,
  openedAt: iso(now - hours * HOUR),
  value: -0.41,
  volume: 212,
  usual: { low: -0.36, high: -0.2, mean: -0.28 },
  sentence: 'The mood of all news over the last 24 hours is −0.41, darker than usual (−0.36 to −0.20).',
  drivers: [{ name: 'Gas prices jump', effect: -0.06 }],
  headlines: [{ title: 'Gas prices jump as pipeline closes', url: 'https://example.org/gas', publisher: 'The Daily', tone: -0.9 }],
  view: '?topic=energy',
});

function ruleFrom(
  id: string,
  now: number,
  {
    name,
    condition,
    windowHours = 24,
    channelIds = [],
    scope = {},
    enabled = true,
    quiet,
    holdHours = 1,
    leastArticles = 20,
    hysteresis = 0.02,
    cooldownHours = 12,
    tellEnd = false,
  }: NewAlertRule,
): AlertRule {
  return {
    id,
    name,
    condition: (condition.kind === 'unusual' ? { direction: 'either', beyond: 0, ...condition } : condition) as AlertRule['condition'],
    windowHours,
    channelIds,
    scope: scope as AlertRule['scope'],
    enabled,
    ...(quiet && { quiet }),
    holdHours,
    leastArticles,
    hysteresis,
    cooldownHours,
    tellEnd,
    createdAt: iso(now),
    changedAt: iso(now),
    evaluatedTo: iso(now),
    ringing: false,
  };
}

/** The routes of alerts. */
export function changeAlerts(alerts: MockAlerts, { method, path, query, body }: MockRequest): MockAnswer {
  const [, , list, id = '', action] = path.split('/');
  if (method === 'GET' && list === 'deliveries') return { status: 200, body: { items: alerts.deliveries } };
  if (method === 'GET')
    return {
      status: 200,
      body: {
        items:
          list === 'rules'
            ? alerts.rules
            : list === 'channels'
              ? alerts.channels
              : alerts.episodes.filter(({ closedAt }) => query.get('open') !== 'true' || closedAt === undefined),
      },
    };
  if (list === 'deliveries') return redrive(alerts, JSON.parse(body) as { ids?: string[] });
  if (list === 'backtest') return { status: 200, body: backtestOf(alerts, JSON.parse(body) as NewAlertRule) };
  if (list === 'channels' && action === 'test') return { status: 200, body: { sent: false, reason: 'The receiver answers 500.' } };
  if (list === 'channels') return changeChannels(alerts, method, id, body);
  if (list === 'rules' && method === 'DELETE') {
    alerts.rules = alerts.rules.filter((rule) => rule.id !== id);
    return { status: 204 };
  }
  const rule = ruleFrom(method === 'PUT' ? id : 'added', alerts.now, JSON.parse(body) as NewAlertRule);
  alerts.rules = [...alerts.rules.filter((one) => one.id !== rule.id), rule];
  return { status: method === 'PUT' ? 200 : 201, body: rule };
}

function redrive(alerts: MockAlerts, { ids }: { ids?: string[] }): MockAnswer {
  const isMeant = ({ id, state }: AlertDelivery) => state === 'failed' && (ids === undefined || ids.includes(id));
  const waiting = alerts.deliveries.filter(isMeant).length;
  alerts.deliveries = alerts.deliveries.map((one) => (isMeant(one) ? { ...one, state: 'waiting', attempts: 0 } : one));
  return { status: 200, body: { waiting } };
}

function changeChannels(alerts: MockAlerts, method: string, id: string, body: string): MockAnswer {
  if (method === 'DELETE') {
    if (alerts.rules.some(({ channelIds }) => channelIds.includes(id)))
      return problem(409, 'The channel is used by “Darker than usual”.', `/alerts/channels/${id}`);
    alerts.channels = alerts.channels.filter((channel) => channel.id !== id);
    return { status: 204 };
  }
  const form = JSON.parse(body) as NewAlertChannel;
  const channel: AlertChannel = { ...form, id: method === 'PUT' ? id : (form.id ?? 'added'), createdAt: iso(alerts.now) } as AlertChannel;
  alerts.channels = [...alerts.channels.filter((one) => one.id !== channel.id), channel];
  return { status: method === 'PUT' ? 200 : 201, body: channel };
}

function backtestOf({ now }: MockAlerts, { windowHours = 24 }: NewAlertRule): AlertBacktest {
  const episodes = [1, 9, 20, 27]
    .slice(0, windowHours < 12 ? 4 : 2)
    .map((day) => ({ openedAt: iso(now - day * 24 * HOUR), value: -0.5, volume: 99, sentence: 'It was darker than usual.', view: '' }));
  return { from: iso(now - 720 * HOUR), to: iso(now), isComplete: true, judgedHours: 700, episodes };
}
