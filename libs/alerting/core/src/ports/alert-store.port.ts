import type { Channel } from '../domain/channel';
import type { Delivery, Telling } from '../domain/delivery';
import type { Episode } from '../domain/episode';
import type { CloseReason } from '../domain/evaluate';
import type { AlertRule } from '../domain/rule';

/** What one evaluation of a rule found; kept whole or not at all. */
export interface Findings {
  /** The rule as it is to be kept, with the version that was read. */
  readonly rule: AlertRule;
  /** Those that are there already stay as they are, and are not told again. */
  readonly opened: readonly Episode[];
  readonly closed: readonly { readonly id: string; readonly closedAt: number; readonly reason: CloseReason }[];
  readonly tellings: readonly Telling[];
}

export interface EpisodeQuery {
  readonly ruleId?: string | undefined;
  readonly limit: number;
  /** The id of the last one of the page before. */
  readonly after?: string | undefined;
}

/** Keeps rules, channels, episodes, and what is to be told of them. */
export interface AlertStore {
  rules(): Promise<readonly AlertRule[]>;
  rule(id: string): Promise<AlertRule | undefined>;
  /** `false` when the id is taken. */
  addRule(rule: AlertRule): Promise<boolean>;
  /** Keeps what was found and counts the rule's version on; `false`, and nothing is kept, where it is another one than was read. */
  keep(findings: Findings): Promise<boolean>;
  /** Removes the rule of this version and closes its episodes; `false` where it is another one, or gone. */
  removeRule(rule: AlertRule, closed: Findings['closed']): Promise<boolean>;

  channels(): Promise<readonly Channel[]>;
  /** Adds it, or puts it in the place of the one with this id. */
  putChannel(channel: Channel): Promise<void>;
  removeChannel(id: string): Promise<boolean>;

  /** The latest first. */
  episodes(query: EpisodeQuery): Promise<readonly Episode[]>;
  /** Those of these ids that are kept. */
  episodesOf(ids: readonly string[]): Promise<readonly Episode[]>;

  /** Makes deliveries, one a channel, of the tellings whose time has come (at most 50 a channel); how many. `newId` names them. */
  gather(now: number, newId: () => string): Promise<number>;
  /** Deliveries that wait and whose time has come, the oldest first, for `until`: nobody else gets them before then. */
  lease(now: number, until: number, limit: number): Promise<readonly Delivery[]>;
  /** Keeps what became of a delivery, unless its lease (`leasedUntil`) has gone to somebody else: then `false`. */
  settle(delivery: Delivery, leasedUntil: number): Promise<boolean>;
  /** The latest first. */
  deliveries(limit: number): Promise<readonly Delivery[]>;
  /** Lets failed deliveries (all, or these) wait again from now on; how many. */
  redrive(now: number, ids?: readonly string[]): Promise<number>;
  /** Removes episodes that ended, and deliveries that were made, before a time. */
  removeBefore(time: number): Promise<void>;
}
