import { HOUR, sha256Hex } from '@barometer/kernel';
import type { CloseReason } from './evaluate';
import type { AlertScope, Condition } from './rule';

/** What moved the mood, and by how much (tone). */
export interface EpisodeDriver {
  readonly name: string;
  readonly effect: number;
}

/** A headline as it was printed; nobody vouches for what it says. */
export interface EpisodeHeadline {
  readonly title: string;
  readonly url: string;
  readonly publisher?: string | undefined;
  /** -1...1. */
  readonly tone?: number | undefined;
}

/** A stretch in which what a rule waits for was the case, with what explains it. Times are milliseconds since 1970. */
export interface Episode {
  readonly id: string;
  readonly ruleId: string;
  readonly ruleName: string;
  readonly subject: string;
  readonly scope: AlertScope;
  /** What the scope is called. */
  readonly scopeName: string;
  readonly condition: Condition;
  readonly windowHours: number;
  /** The whole hour that it began with, and when that was found. */
  readonly openedHour: number;
  readonly openedAt: number;
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

/** The same for whoever finds the episode; sorts by its first hour. */
export const episodeId = (ruleId: string, subject: string, openedHour: number): string => `${String(openedHour).padStart(8, '0')}-${sha256Hex(`${ruleId} ${openedHour} ${subject}`).slice(0, 16)}`;

/** The window that ends with an hour, in milliseconds since 1970. */
export const windowEndingWith = (hour: number, windowHours: number): { readonly from: number; readonly to: number } => ({ from: (hour + 1 - windowHours) * HOUR, to: (hour + 1) * HOUR });

/** The page's address parameters for a window and a scope. */
export function viewOf({ topicId, sourceId }: AlertScope, hour: number, windowHours: number): string {
  const { from, to } = windowEndingWith(hour, windowHours);
  const parameters = new URLSearchParams({ from: new Date(from).toISOString(), to: new Date(to).toISOString() });
  if (topicId !== undefined) parameters.set('topic', topicId);
  if (sourceId !== undefined) parameters.set('source', sourceId);
  return `?${parameters.toString()}`;
}
