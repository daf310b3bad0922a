import type { AlertRule, NewAlertRule } from '@barometer/http-api/contract';
import { formatTone } from '../../format/tone';
import { t } from '../../i18n/translate';
import { scopeOfDraft } from './scope-fields';

/** The condition of a rule, in words. */
export function conditionText({ condition, windowHours }: Pick<AlertRule, 'condition' | 'windowHours'>): string {
  const hours = windowHours;
  switch (condition.kind) {
    case 'unusual':
      return t(`alerts.is.${condition.direction}`, { hours });
    case 'tone':
      return t(`alerts.is.${condition.side}`, { tone: formatTone(condition.tone), hours });
    case 'volume':
      return t('alerts.is.volume', { times: condition.times, hours });
    case 'story':
      return t('alerts.is.story', { count: condition.publishers, hours });
    case 'phrase':
      return t('alerts.is.phrase', { phrase: condition.phrase });
    case 'silence':
      return t('alerts.is.silence', { hours });
  }
}

export const kinds = ['unusual', 'tone', 'volume', 'story', 'phrase', 'silence'] as const;

export type Kind = (typeof kinds)[number];

/** The fields of the editor, as text where the reader types. */
export interface Draft {
  readonly name: string;
  readonly kind: Kind;
  readonly direction: 'darker' | 'calmer' | 'either';
  readonly side: 'under' | 'over';
  /** The threshold of this kind of condition: a tone, a factor or a number of publishers. */
  readonly threshold: string;
  readonly phrase: string;
  readonly windowHours: string;
  readonly topicId: string;
  readonly sourceId: string;
  readonly group: string;
  readonly channelIds: readonly string[];
  readonly quiet: boolean;
  /** `HH:MM`; kept while quiet hours are switched off. */
  readonly quietFrom: string;
  readonly quietTo: string;
  readonly quietZone: string;
  readonly holdHours: string;
  readonly cooldownHours: string;
  readonly leastArticles: string;
  readonly hysteresis: string;
  readonly tellEnd: boolean;
  readonly enabled: boolean;
}

export const thresholds: Readonly<Record<Kind, string>> = { unusual: '0', tone: '-0.4', volume: '2', story: '5', phrase: '', silence: '' };
const windows: Readonly<Record<Kind, string>> = { unusual: '24', tone: '24', volume: '6', story: '12', phrase: '6', silence: '6' };
const leasts: Readonly<Record<Kind, string>> = { unusual: '20', tone: '20', volume: '10', story: '0', phrase: '1', silence: '0' };
const hystereses: Readonly<Record<Kind, string>> = { unusual: '0.02', tone: '0.02', volume: '0.25', story: '0', phrase: '0', silence: '0' };

type Settings = Pick<Draft, 'windowHours' | 'leastArticles' | 'hysteresis' | 'holdHours' | 'cooldownHours' | 'tellEnd'>;

/** The defaults of a condition, the same as the API's. */
export const settingsOf = (kind: Kind): Settings => ({
  windowHours: windows[kind],
  leastArticles: leasts[kind],
  hysteresis: hystereses[kind],
  holdHours: '1',
  cooldownHours: '12',
  tellEnd: false,
});

/** Whether the advanced fields all have their defaults. */
export function isPlain(draft: Draft): boolean {
  const { windowHours: _window, ...defaults } = settingsOf(draft.kind);
  return !draft.quiet && Object.entries(defaults).every(([name, value]) => draft[name as keyof Settings] === value);
}

export function draftOf(rule: AlertRule | undefined): Draft {
  const condition = rule?.condition ?? { kind: 'unusual', direction: 'darker', beyond: 0 };
  const threshold =
    'beyond' in condition
      ? condition.beyond
      : 'tone' in condition
        ? condition.tone
        : 'times' in condition
          ? condition.times
          : 'publishers' in condition
            ? condition.publishers
            : '';
  return {
    name: rule?.name ?? '',
    kind: condition.kind,
    direction: 'direction' in condition ? condition.direction : 'either',
    side: 'side' in condition ? condition.side : 'under',
    threshold: String(threshold),
    phrase: 'phrase' in condition ? condition.phrase : '',
    ...settingsOf(condition.kind),
    ...(rule && givenOf(rule)),
    topicId: rule?.scope.topicId ?? '',
    sourceId: rule?.scope.sourceId ?? '',
    group: rule?.scope.group ?? '',
    channelIds: rule?.channelIds ?? [],
    quiet: rule?.quiet !== undefined,
    enabled: rule?.enabled ?? true,
    quietFrom: rule?.quiet?.from ?? '22:00',
    quietTo: rule?.quiet?.to ?? '07:00',
    quietZone: rule?.quiet?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
}

const givenOf = ({ windowHours, leastArticles, hysteresis, holdHours, cooldownHours, tellEnd }: AlertRule): Settings => ({
  windowHours: String(windowHours),
  leastArticles: String(leastArticles),
  hysteresis: String(hysteresis),
  holdHours: String(holdHours),
  cooldownHours: String(cooldownHours),
  tellEnd,
});

/** The number in a field, if it is in range. */
function numberIn(text: string, least: number, most: number, isWhole = true): number | undefined {
  const value = Number(text.trim().replace('−', '-').replace(',', '.'));
  return text.trim() !== '' && value >= least && value <= most && (!isWhole || Number.isInteger(value)) ? value : undefined;
}

/** The rule that a draft describes; `undefined` while something is missing. */
export function ruleOf(draft: Draft): NewAlertRule | undefined {
  const needsNumber = draft.kind !== 'phrase' && draft.kind !== 'silence';
  const threshold = numberIn(draft.threshold, -Infinity, Infinity, false) ?? (needsNumber ? undefined : 0);
  const [windowHours, holdHours, cooldownHours] = [numberIn(draft.windowHours, 1, 48), numberIn(draft.holdHours, 1, 24), numberIn(draft.cooldownHours, 0, 720)];
  const [leastArticles, hysteresis] = [numberIn(draft.leastArticles, 0, 100_000), numberIn(draft.hysteresis, 0, 100, false)];
  if (
    threshold === undefined ||
    windowHours === undefined ||
    holdHours === undefined ||
    cooldownHours === undefined ||
    leastArticles === undefined ||
    hysteresis === undefined
  )
    return undefined;
  const { quietFrom: from, quietTo: to, quietZone: timeZone } = draft;
  if ((draft.kind === 'phrase' && draft.phrase.trim() === '') || (draft.quiet && (!from || !to || from === to || !timeZone.trim()))) return undefined;
  return {
    name: draft.name.trim() || 'Unnamed',
    condition: conditionOf(draft, threshold),
    windowHours,
    holdHours,
    cooldownHours,
    leastArticles,
    hysteresis,
    tellEnd: draft.tellEnd,
    enabled: draft.enabled,
    channelIds: [...draft.channelIds],
    scope: scopeOfDraft(draft),
    ...(draft.quiet && { quiet: { from, to, timeZone: timeZone.trim() } }),
  };
}

function conditionOf({ kind, direction, side, phrase }: Draft, threshold: number): NewAlertRule['condition'] {
  switch (kind) {
    case 'unusual':
      return { kind, direction, beyond: threshold };
    case 'tone':
      return { kind, side, tone: threshold };
    case 'volume':
      return { kind, times: threshold };
    case 'story':
      return { kind, publishers: threshold };
    case 'phrase':
      return { kind, phrase };
    case 'silence':
      return { kind };
  }
}
