import { HOUR } from '@barometer/kernel';
import type { Channel } from '../domain/channel';
import { episodeId, type Episode } from '../domain/episode';
import { freshState, type AlertRule, type RuleForm } from '../domain/rule';
import { ruleFormSchema } from '../domain/rule-form';

/** 23 November 2026, 12:00 UTC, a Monday. */
export const NOON = Date.UTC(2026, 10, 23, 12);
export const NOON_HOUR = NOON / HOUR;

/** A rule form from what differs from the plainest one. */
export const form = (change: Partial<Record<keyof RuleForm, unknown>> = {}): RuleForm =>
  ruleFormSchema.parse({ name: 'Dark energy', condition: { kind: 'tone', side: 'under', tone: -0.4 }, windowHours: 1, leastArticles: 1, hysteresis: 0.1, cooldownHours: 2, ...change });

export const rule = (id: string, change: Partial<Record<keyof RuleForm, unknown>> = {}, more: Partial<AlertRule> = {}): AlertRule => ({
  ...form(change), id, createdAt: NOON, changedAt: NOON, version: 1, state: freshState(NOON_HOUR - 1), ...more,
});

export const channel = (id: string, change: Partial<Channel> = {}): Channel => ({ id, name: id, target: { kind: 'webhook', url: 'https://example.org/hook', secret: 'hook' }, createdAt: NOON, ...change });

export const episode = (ruleId: string, openedHour: number, change: Partial<Episode> = {}): Episode => ({
  id: episodeId(ruleId, change.subject ?? '', openedHour), ruleId, ruleName: 'Dark energy', subject: '', scope: {}, scopeName: 'everything', condition: { kind: 'tone', side: 'under', tone: -0.4 }, windowHours: 1,
  openedHour, openedAt: (openedHour + 1) * HOUR, value: -0.5, volume: 12, sentence: 'The mood of everything over the last hour is −0.50, under −0.40.', drivers: [{ name: 'Gas', effect: -0.1 }],
  headlines: [{ title: 'Gas runs out', url: 'https://example.org/gas', tone: -0.9 }], view: '?from=2026-11-23T12%3A00%3A00.000Z', ...change,
});
