/** The articles that a rule covers: all, a topic, a source or a group of sources (not both), or a topic within one of these. */
export interface AlertScope {
  readonly topicId?: string | undefined;
  readonly sourceId?: string | undefined;
  /** A group by name, with the sources that belong to it at the time of a query. */
  readonly group?: string | undefined;
}

/** Whether a scope covers all articles. */
export const isEverything = ({ topicId, sourceId, group }: AlertScope): boolean => topicId === undefined && sourceId === undefined && group === undefined;

/**
 * The condition of a rule, measured over the window that ends with an hour.
 * - `unusual`: the mean tone lies at least `beyond` (tone, 0...1) outside its usual range.
 * - `tone`: the mean tone is under or over a value (-1...1).
 * - `volume`: at least `times` as many articles as usual at this hour.
 * - `story`: at least so many publishers report one story.
 * - `phrase`: at least one article has the phrase, whole words, in title or summary.
 * - `silence`: no article at all, though sources were polled.
 */
export type Condition =
  | { readonly kind: 'unusual'; readonly direction: 'darker' | 'calmer' | 'either'; readonly beyond: number }
  | { readonly kind: 'tone'; readonly side: 'under' | 'over'; readonly tone: number }
  | { readonly kind: 'volume'; readonly times: number }
  | { readonly kind: 'story'; readonly publishers: number }
  | { readonly kind: 'phrase'; readonly phrase: string }
  | { readonly kind: 'silence' };

/** When no notices are sent: from one time of day to another, which may be after midnight. */
export interface QuietHours {
  /** `HH:MM`, 24 hours. */
  readonly from: string;
  readonly to: string;
  /** An IANA name such as `Europe/Vienna`. */
  readonly timeZone: string;
}

/** A rule as a user defines it. */
export interface RuleForm {
  readonly name: string;
  readonly scope: AlertScope;
  readonly condition: Condition;
  /** Whole hours that each measurement looks back over, 1...48. */
  readonly windowHours: number;
  /** How many hours in a row the condition must hold before the rule fires, and be over before the episode ends; 1...24. */
  readonly holdHours: number;
  /** With fewer articles in the window, no statement is made. */
  readonly leastArticles: number;
  /** How far the value must fall back behind the threshold to end the episode, in the unit of the condition. */
  readonly hysteresis: number;
  /** Hours after the end of an episode during which no other begins. */
  readonly cooldownHours: number;
  readonly quiet?: QuietHours | undefined;
  /** Whether the end of an episode is sent as well. */
  readonly tellEnd: boolean;
  readonly channelIds: readonly string[];
  readonly enabled: boolean;
}

/** The state of one subject of a rule: a story, or `''` where the rule has only one. */
export interface SubjectState {
  /** Hours in a row beyond the threshold, and in a row back behind it. */
  readonly breachHours: number;
  readonly calmHours: number;
  /** Hours in a row without a statement. */
  readonly blankHours: number;
  /** The first hour of its open episode. */
  readonly openedHour?: number | undefined;
  /** No episode begins before this hour. */
  readonly readyFrom?: number | undefined;
}

/** Up to where a rule was evaluated, and its state there. Hours are whole hours since 1970, UTC. */
export interface RuleState {
  readonly evaluatedTo: number;
  /** The last hour that had data; it is judged once, whatever the clock says later. Where it is absent, `evaluatedTo`. */
  readonly judgedTo?: number | undefined;
  /** Since this hour every hour was evaluated soon after its end: Barometer was running without a pause. */
  readonly steadySince: number;
  readonly subjects: Readonly<Record<string, SubjectState>>;
}

export interface AlertRule extends RuleForm {
  readonly id: string;
  readonly createdAt: number;
  readonly changedAt: number;
  /** Counts the changes of the stored rule; a writer must name the version that it read. */
  readonly version: number;
  readonly state: RuleState;
  /** Why it cannot be evaluated: its topic, source or group is gone. */
  readonly broken?: string | undefined;
}

/** The state of a rule that starts after an hour, and has judged none. */
export const freshState = (evaluatedTo: number): RuleState => ({ evaluatedTo, judgedTo: 0, steadySince: evaluatedTo + 1, subjects: {} });

/** Whether two forms measure the same, so that the state of one is valid for the other. */
export function measuresSame(one: RuleForm, other: RuleForm): boolean {
  const measured = ({ scope: { topicId, sourceId, group }, condition, windowHours, leastArticles }: RuleForm) =>
    JSON.stringify([topicId, sourceId, group, Object.entries(condition).sort(), windowHours, leastArticles]);
  return measured(one) === measured(other);
}
