import { freshState, type AlertRule, type Channel, type Delivery, type RuleForm } from '@barometer/alerting';
import { episode } from '@barometer/alerting/testing';
import { err, HOUR, hourOf, ok } from '@barometer/kernel';
import type { AlertUseCases } from '../dependencies';
import { NOW } from './fake-store';

/** Alerts with one active rule, one channel, and one failed notice. */
export function fakeAlerts(): AlertUseCases {
  const made = (id: string, form: RuleForm): AlertRule => ({ ...form, id, createdAt: NOW, changedAt: NOW, version: 1, state: freshState(hourOf(NOW) - 1) });
  const dark: RuleForm = {
    name: 'Dark',
    scope: {},
    condition: { kind: 'tone', side: 'under', tone: -0.4 },
    windowHours: 6,
    holdHours: 1,
    leastArticles: 5,
    hysteresis: 0.02,
    cooldownHours: 12,
    tellEnd: false,
    channelIds: ['hook'],
    enabled: true,
  };
  const opened = { ...episode('dark', hourOf(NOW) - 2), ruleName: 'Dark' };
  const ringing = {
    ...made('dark', dark),
    state: { ...freshState(hourOf(NOW) - 1), subjects: { '': { breachHours: 1, calmHours: 0, blankHours: 0, openedHour: hourOf(NOW) - 2 } } },
  };
  const rules = new Map([['dark', ringing as AlertRule]]);
  const channels = new Map<string, Channel>([
    ['hook', { id: 'hook', name: 'Hook', target: { kind: 'webhook', url: 'https://example.org/hook', secret: 'hook' }, createdAt: NOW }],
  ]);
  const deliveries: Delivery[] = [
    {
      id: 'd1',
      channelId: 'hook',
      told: [{ episodeId: opened.id, event: 'opened' }],
      state: 'failed',
      attempts: 9,
      createdAt: NOW,
      availableAt: NOW,
      reason: 'The receiver answers 500.',
    },
  ];
  return {
    list: {
      rules: async () => [...rules.values()],
      channels: async () => [...channels.values()],
      open: async () => [opened],
      deliveries: async (limit) => deliveries.slice(0, limit),
      episodes: async ({ limit, ruleId }) => [opened].filter((one) => ruleId === undefined || one.ruleId === ruleId).slice(0, limit),
    },
    addRule: {
      execute: async (form) => {
        if (form.channelIds.includes('nowhere')) return err({ field: 'channelIds', code: 'unknown', message: 'There is no channel nowhere.' });
        rules.set('added', made('added', form));
        return ok(made('added', form));
      },
    },
    changeRule: {
      execute: async (id, form) => {
        if (!rules.has(id)) return err('not-found');
        rules.set(id, made(id, form));
        return ok(made(id, form));
      },
    },
    removeRule: { execute: async (id) => rules.delete(id) },
    addChannel: {
      execute: async ({ id = 'added', name, target }, { replace = false } = {}) => {
        if (channels.has(id) !== replace)
          return err({
            field: 'id',
            code: replace ? 'not-found' : 'taken',
            message: replace ? `There is no channel ${id}.` : `There is a channel ${id} already.`,
          });
        channels.set(id, { id, name, target, createdAt: NOW });
        return ok({ id, name, target, createdAt: NOW });
      },
    },
    removeChannel: {
      execute: async (id) => {
        if ([...rules.values()].some(({ channelIds }) => channelIds.includes(id)))
          return err({ code: 'used', message: 'The rule "Dark" tells this channel; take it out there first.' });
        return channels.delete(id) ? ok(undefined) : err({ code: 'not-found', message: `There is no channel ${id}.` });
      },
    },
    testChannel: { execute: async (id) => (channels.has(id) ? ok({ kind: 'failed', reason: 'The receiver answers 500.', retry: true }) : err('not-found')) },
    backtest: {
      execute: async ({ windowHours }) => ({
        from: NOW - 720 * HOUR,
        to: NOW,
        isComplete: true,
        judgedHours: 700,
        episodes: [{ openedAt: NOW - HOUR * windowHours, value: -0.5, volume: 20, sentence: 'It was dark.', view: '?topic=energy' }],
      }),
    },
    redrive: { execute: async (ids) => deliveries.filter(({ id }) => ids === undefined || ids.includes(id)).length },
  };
}
