import type { AlertRule, NewAlertRule } from '@barometer/http-api/contract';
import { formatTone } from '../../format/tone';

/** What a rule waits for, in words. */
export function conditionText({ condition, windowHours }: Pick<AlertRule, 'condition' | 'windowHours'>): string {
  const over = `over ${windowHours} h`;
  switch (condition.kind) {
    case 'unusual': return `${condition.direction === 'either' ? 'unusual' : `${condition.direction} than usual`} ${over}`;
    case 'tone': return `tone ${condition.side} ${formatTone(condition.tone)} ${over}`;
    case 'volume': return `${condition.times} times as many articles as usual ${over}`;
    case 'story': return `a story that ${condition.publishers} publishers tell within ${windowHours} h`;
    case 'phrase': return `“${condition.phrase}” appears`;
    case 'silence': return `nothing heard for ${windowHours} h`;
  }
}

export const kinds = [
  ['unusual', 'The mood is unusual'], ['tone', 'The tone passes a value'], ['volume', 'Many more articles than usual'], ['story', 'A story spreads'], ['phrase', 'A phrase appears'], ['silence', 'Nothing is heard'],
] as const;

export type Kind = (typeof kinds)[number][0];

/** What the fields of the editor hold, as text where it is typed. */
export interface Draft {
  readonly name: string;
  readonly kind: Kind;
  readonly direction: 'darker' | 'calmer' | 'either';
  readonly side: 'under' | 'over';
  /** The threshold of the kind: tone, times, publishers. */
  readonly threshold: string;
  readonly phrase: string;
  readonly windowHours: string;
  readonly topicId: string;
  readonly sourceId: string;
  readonly channelIds: readonly string[];
  readonly quiet: boolean;
  readonly enabled: boolean;
}

export const thresholds: Readonly<Record<Kind, string>> = { unusual: '0', tone: '-0.4', volume: '2', story: '5', phrase: '', silence: '' };
export const windows: Readonly<Record<Kind, string>> = { unusual: '24', tone: '24', volume: '6', story: '12', phrase: '6', silence: '6' };

export function draftOf(rule: AlertRule | undefined): Draft {
  const condition = rule?.condition ?? { kind: 'unusual', direction: 'darker', beyond: 0 };
  const threshold = 'beyond' in condition ? condition.beyond : 'tone' in condition ? condition.tone : 'times' in condition ? condition.times : 'publishers' in condition ? condition.publishers : '';
  return {
    name: rule?.name ?? '', kind: condition.kind, direction: 'direction' in condition ? condition.direction : 'either', side: 'side' in condition ? condition.side : 'under', threshold: String(threshold),
    phrase: 'phrase' in condition ? condition.phrase : '', windowHours: String(rule?.windowHours ?? windows[condition.kind]), topicId: rule?.scope.topicId ?? '', sourceId: rule?.scope.sourceId ?? '',
    channelIds: rule?.channelIds ?? [], quiet: rule?.quiet !== undefined, enabled: rule?.enabled ?? true,
  };
}

/** The rule that a draft describes; what the editor has no field for stays as it is. `undefined` while something is missing. */
export function ruleOf(draft: Draft, rule: AlertRule | undefined): NewAlertRule | undefined {
  const threshold = Number(draft.threshold);
  const windowHours = Number(draft.windowHours);
  const needsNumber = draft.kind !== 'phrase' && draft.kind !== 'silence';
  if ((needsNumber && (draft.threshold.trim() === '' || !Number.isFinite(threshold))) || !Number.isInteger(windowHours) || windowHours < 1 || (draft.kind === 'phrase' && draft.phrase.trim() === '')) return undefined;
  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const kept = rule && { holdHours: rule.holdHours, cooldownHours: rule.cooldownHours, tellEnd: rule.tellEnd, ...(rule.condition.kind === draft.kind && { leastArticles: rule.leastArticles, hysteresis: rule.hysteresis }) };
  return {
    ...kept, name: draft.name.trim() || 'Unnamed', condition: conditionOf(draft, threshold), windowHours, enabled: draft.enabled, channelIds: [...draft.channelIds],
    scope: { ...(draft.topicId && { topicId: draft.topicId }), ...(draft.sourceId && { sourceId: draft.sourceId }) },
    ...(draft.quiet && { quiet: rule?.quiet ?? { from: '22:00', to: '07:00', timeZone } }),
  };
}

function conditionOf({ kind, direction, side, phrase }: Draft, threshold: number): NewAlertRule['condition'] {
  switch (kind) {
    case 'unusual': return { kind, direction, beyond: threshold };
    case 'tone': return { kind, side, tone: threshold };
    case 'volume': return { kind, times: threshold };
    case 'story': return { kind, publishers: threshold };
    case 'phrase': return { kind, phrase };
    case 'silence': return { kind };
  }
}
