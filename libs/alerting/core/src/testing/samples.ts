import { DAY, HOUR } from '@barometer/kernel';
import type { Channel } from '../domain/channel';
import type { Digest, DigestForm } from '../domain/digest';
import { digestFormSchema } from '../domain/digest-form';
import { editionId, type Edition } from '../domain/edition';
import { episodeId, type Episode } from '../domain/episode';
import { freshState, type AlertRule, type RuleForm } from '../domain/rule';
import { ruleFormSchema } from '../domain/rule-form';
import { periodNews } from './fake-digest-news';

/** 23 November 2026, 12:00 UTC, a Monday. */
export const NOON = Date.UTC(2026, 10, 23, 12);
export const NOON_HOUR = NOON / HOUR;

/** The simplest rule form, with these changes. */
export const form = (change: Partial<Record<keyof RuleForm, unknown>> = {}): RuleForm =>
  ruleFormSchema.parse({
    name: 'Dark energy',
    condition: { kind: 'tone', side: 'under', tone: -0.4 },
    windowHours: 1,
    leastArticles: 1,
    hysteresis: 0.1,
    cooldownHours: 2,
    ...change,
  });

export const rule = (id: string, change: Partial<Record<keyof RuleForm, unknown>> = {}, more: Partial<AlertRule> = {}): AlertRule => ({
  ...form(change),
  id,
  createdAt: NOON,
  changedAt: NOON,
  version: 1,
  state: freshState(NOON_HOUR - 1),
  ...more,
});

export const channel = (id: string, change: Partial<Channel> = {}): Channel => ({
  id,
  name: id,
  target: { kind: 'webhook', url: 'https://example.org/hook', secret: 'hook' },
  createdAt: NOON,
  ...change,
});

export const episode = (ruleId: string, openedHour: number, change: Partial<Episode> = {}): Episode => ({
  id: episodeId(ruleId, change.subject ?? '', openedHour),
  ruleId,
  ruleName: 'Dark energy',
  subject: '',
  scope: {},
  scopeName: 'all news',
  condition: { kind: 'tone', side: 'under', tone: -0.4 },
  windowHours: 1,
  openedHour,
  openedAt: (openedHour + 1) * HOUR,
  value: -0.5,
  volume: 12,
  sentence: 'The mood of all news over the last hour is −0.50, under −0.40.',
  drivers: [{ name: 'Gas', effect: -0.1 }],
  headlines: [{ title: 'Gas runs out', url: 'https://example.org/gas', tone: -0.9 }],
  view: '?from=2026-11-23T12%3A00%3A00.000Z',
  ...change,
});

/** The simplest digest (every day at 07:00 in Vienna, sent to the channel `hook`), with these changes. */
export const digest = (id: string, change: Partial<Record<keyof DigestForm, unknown>> = {}, more: Partial<Digest> = {}): Digest => ({
  ...digestFormSchema.parse({ name: 'Morning', timeZone: 'Europe/Vienna', channelIds: ['hook'], ...change }),
  id,
  createdAt: NOON,
  changedAt: NOON,
  version: 1,
  state: { settledTo: NOON },
  ...more,
});

/** The edition of a digest about the day before it was due. */
export const edition = (digestId: string, dueAt: number, change: Partial<Edition> = {}): Edition => ({
  ...periodNews(),
  id: editionId(digestId, dueAt),
  digestId,
  name: 'Morning',
  every: 'day',
  timeZone: 'Europe/Vienna',
  scope: {},
  scopeName: 'all news',
  dueAt,
  from: dueAt - DAY,
  to: dueAt,
  troubled: [
    { name: 'The Daily', problem: 'It answers 500.', lastSuccessAt: dueAt - 2 * DAY },
    { name: 'Never Heard', problem: 'The host is not known' },
  ],
  moreTroubled: 0,
  skipped: 0,
  view: '?from=2026-11-22T12%3A00%3A00.000Z&to=2026-11-23T12%3A00%3A00.000Z',
  ...change,
});
