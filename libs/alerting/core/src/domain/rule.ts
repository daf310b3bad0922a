/** What a rule listens to: everything, a topic, a source, or a topic in a source. */
export interface AlertScope {
  readonly topicId?: string | undefined;
  readonly sourceId?: string | undefined;
}

/**
 * What a rule waits for, each measured over the window that ends with an hour.
 * - `unusual`: the mean tone lies at least `beyond` (tone, 0...1) outside of its usual range.
 * - `tone`: the mean tone is under or over a value (-1...1).
 * - `volume`: at least `times` as many articles as usual at this hour.
 * - `story`: at least so many publishers tell one story.
 * - `phrase`: at least one article has the phrase, whole words, in title or summary.
 * - `silence`: no article at all, though somebody listened.
 */
export type Condition =
  | { readonly kind: 'unusual'; readonly direction: 'darker' | 'calmer' | 'either'; readonly beyond: number }
  | { readonly kind: 'tone'; readonly side: 'under' | 'over'; readonly tone: number }
  | { readonly kind: 'volume'; readonly times: number }
  | { readonly kind: 'story'; readonly publishers: number }
  | { readonly kind: 'phrase'; readonly phrase: string }
  | { readonly kind: 'silence' };

/** When nobody is to be told: from one time of day to another, which may lie after midnight. */
export interface QuietHours {
  /** `HH:MM`, 24 hours. */
  readonly from: string;
  readonly to: string;
  /** An IANA name such as `Europe/Vienna`. */
  readonly timeZone: string;
}

/** What somebody asks for. */
export interface RuleForm {
  readonly name: string;
  readonly scope: AlertScope;
  readonly condition: Condition;
  /** Whole hours that each measurement looks back over, 1...48. */
  readonly windowHours: number;
  /** Hours in a row that it must hold before it rings, and must be over before it ends; 1...24. */
  readonly holdHours: number;
  /** With fewer articles in the window nothing is said. */
  readonly leastArticles: number;
  /** How far it must fall back behind its threshold to be over, in the unit of the condition. */
  readonly hysteresis: number;
  /** Hours after the end of an episode in which no other begins. */
  readonly cooldownHours: number;
  readonly quiet?: QuietHours | undefined;
  /** Whether the end of an episode is told as well. */
  readonly tellEnd: boolean;
  readonly channelIds: readonly string[];
  readonly enabled: boolean;
}

/** What is remembered of one subject of a rule: a story, or `''` where the rule has only one. */
export interface SubjectState {
  /** Hours in a row beyond the threshold, and in a row back behind it. */
  readonly breachHours: number;
  readonly calmHours: number;
  /** Hours in a row of which nothing could be said. */
  readonly blankHours: number;
  /** The hour that its open episode began with. */
  readonly openedHour?: number | undefined;
  /** No episode begins before this hour. */
  readonly readyFrom?: number | undefined;
}

/** How far a rule was evaluated, and what is remembered from there. Hours are whole hours since 1970, UTC. */
export interface RuleState {
  readonly evaluatedTo: number;
  /** From this hour on every hour was evaluated soon after its end: somebody was there to listen. */
  readonly steadySince: number;
  readonly subjects: Readonly<Record<string, SubjectState>>;
}

export interface AlertRule extends RuleForm {
  readonly id: string;
  readonly createdAt: number;
  readonly changedAt: number;
  /** Counts every change of what is kept of the rule; writers name the one that they read. */
  readonly version: number;
  readonly state: RuleState;
  /** Why it cannot be evaluated: what it listens to is gone. */
  readonly broken?: string | undefined;
}

/** The state of a rule that begins to listen after an hour. */
export const freshState = (evaluatedTo: number): RuleState => ({ evaluatedTo, steadySince: evaluatedTo + 1, subjects: {} });

/** Whether two forms measure the same, so that what is remembered of one holds for the other. */
export function measuresSame(one: RuleForm, other: RuleForm): boolean {
  const measured = ({ scope: { topicId, sourceId }, condition, windowHours, leastArticles }: RuleForm) => JSON.stringify([topicId, sourceId, Object.entries(condition).sort(), windowHours, leastArticles]);
  return measured(one) === measured(other);
}
