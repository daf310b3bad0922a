import type { Channel } from '../domain/channel';
import type { Delivery, Telling } from '../domain/delivery';
import type { Episode } from '../domain/episode';
import type { CloseReason } from '../domain/evaluate';
import type { AlertRule } from '../domain/rule';

/** The result of one evaluation of a rule; stored in full or not at all. */
export interface Findings {
  /** The rule as it is to be stored, with the version that was read. */
  readonly rule: AlertRule;
  /** Episodes that exist already stay unchanged and are not sent again. */
  readonly opened: readonly Episode[];
  readonly closed: readonly { readonly id: string; readonly closedAt: number; readonly reason: CloseReason }[];
  readonly tellings: readonly Telling[];
}

export interface EpisodeQuery {
  readonly ruleId?: string | undefined;
  readonly limit: number;
  /** The id of the last episode on the page before. */
  readonly after?: string | undefined;
}

/** Keeps rules, channels, episodes and the notices to be sent. */
export interface AlertStore {
  rules(): Promise<readonly AlertRule[]>;
  rule(id: string): Promise<AlertRule | undefined>;
  /** `false` when the id is taken. */
  addRule(rule: AlertRule): Promise<boolean>;
  /** Stores the findings and increments the rule's version; `false`, and nothing is stored, if the version has changed since it was read. */
  keep(findings: Findings): Promise<boolean>;
  /** Removes the rule with this version and closes its episodes; `false` if the version has changed or the rule is gone. */
  removeRule(rule: AlertRule, closed: Findings['closed']): Promise<boolean>;

  channels(): Promise<readonly Channel[]>;
  /** Adds a channel, or replaces the one with this id. */
  putChannel(channel: Channel): Promise<void>;
  removeChannel(id: string): Promise<boolean>;

  /** Latest first. */
  episodes(query: EpisodeQuery): Promise<readonly Episode[]>;
  /** The episodes with these ids that exist. */
  episodesOf(ids: readonly string[]): Promise<readonly Episode[]>;

  /** Makes deliveries, one a channel, from the pending notifications that are due (at most 50 a channel); answers how many. `newId` makes their ids. */
  gather(now: number, newId: () => string): Promise<number>;
  /** Leases deliveries that are due, oldest first, until `until`: no other caller gets them before then. */
  lease(now: number, until: number, limit: number): Promise<readonly Delivery[]>;
  /** Stores the delivery after an attempt; `false` if another process holds the lease by now (`leasedUntil` has changed). */
  settle(delivery: Delivery, leasedUntil: number): Promise<boolean>;
  /** Latest first. */
  deliveries(limit: number): Promise<readonly Delivery[]>;
  /** Makes failed deliveries (all, or these) wait again from now on; answers how many. */
  redrive(now: number, ids?: readonly string[]): Promise<number>;
  /** Removes episodes that ended, and deliveries that were created, before a time. */
  removeBefore(time: number): Promise<void>;
}
