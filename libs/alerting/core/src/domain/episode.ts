import { HOUR, sha256Hex } from '@barometer/kernel';
import type { CloseReason } from './evaluate';
import type { AlertScope, Condition } from './rule';

/** What moved the mood, and by how much (tone). */
export interface EpisodeDriver {
  readonly name: string;
  readonly effect: number;
}

/** A headline as printed by its publisher; its content is not checked. */
export interface EpisodeHeadline {
  readonly title: string;
  readonly url: string;
  readonly publisher?: string | undefined;
  /** -1...1. */
  readonly tone?: number | undefined;
}

/** A period during which a rule's condition held, with its explanation. Times are milliseconds since 1970. */
export interface Episode {
  readonly id: string;
  readonly ruleId: string;
  readonly ruleName: string;
  readonly subject: string;
  readonly scope: AlertScope;
  /** The display name of the scope. */
  readonly scopeName: string;
  readonly condition: Condition;
  readonly windowHours: number;
  /** Its first whole hour, and the end of that hour; in episodes stored by older versions, when it was found. */
  readonly openedHour: number;
  readonly openedAt: number;
  /** When the hour was evaluated; absent in episodes stored by older versions. */
  readonly evaluatedAt?: number | undefined;
  /** The end of its last hour, or when a user ended it. */
  readonly closedAt?: number | undefined;
  readonly closedReason?: CloseReason | undefined;
  /** In the unit of the condition. */
  readonly value: number;
  /** Scored articles in the window. */
  readonly volume: number;
  readonly usual?: { readonly low: number; readonly high: number; readonly mean: number } | undefined;
  /** What happened, in a sentence. */
  readonly sentence: string;
  /** The strongest first. */
  readonly drivers: readonly EpisodeDriver[];
  readonly headlines: readonly EpisodeHeadline[];
  /** The query of the page that shows the window and the scope, such as `?from=…&to=…&topic=energy`. */
  readonly view: string;
}

/** The end of an hour, in milliseconds since 1970. */
export const endOf = (hour: number): number => (hour + 1) * HOUR;

/** The same id for every process that finds the episode; ids sort by the first hour. */
export const episodeId = (ruleId: string, subject: string, openedHour: number): string =>
  `${String(openedHour).padStart(8, '0')}-${sha256Hex(`${ruleId} ${openedHour} ${subject}`).slice(0, 16)}`;

/** The window that ends with an hour, in milliseconds since 1970. */
export const windowEndingWith = (hour: number, windowHours: number): { readonly from: number; readonly to: number } => ({
  from: (hour + 1 - windowHours) * HOUR,
  to: (hour + 1) * HOUR,
});

/** The page's address parameters for a window and a scope. */
export function viewOf({ topicId, sourceId, group }: AlertScope, hour: number, windowHours: number): string {
  const { from, to } = windowEndingWith(hour, windowHours);
  const parameters = new URLSearchParams({ from: new Date(from).toISOString(), to: new Date(to).toISOString() });
  if (topicId !== undefined) parameters.set('topic', topicId);
  if (sourceId !== undefined) parameters.set('source', sourceId);
  if (group !== undefined) parameters.set('group', group);
  return `?${parameters.toString()}`;
}
