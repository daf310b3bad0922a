import type { PhraseRule } from '@barometer/kernel';
import type { TopicBackfillJob, TopicRule } from '../ports/topic-catalog.port';

/** A topic with its stored versions: the one that readers see, and one that is being back-filled. */
export interface StoredTopic {
  readonly id: string;
  /** The latest version. */
  readonly version: number;
  /** The version that readers see; absent until the first back-fill has finished. */
  readonly readyVersion?: number;
  readonly changedAt: number;
  /** By version: its phrases, and the position of its back-fill. */
  readonly versions: Readonly<Record<string, { readonly rule: PhraseRule; readonly position?: string }>>;
}

/** Every version that new articles are matched against. */
export const matchedRules = (topics: readonly StoredTopic[]): TopicRule[] =>
  longestUnchangedFirst(topics).flatMap((topic) => [...new Set([topic.readyVersion ?? topic.version, topic.version])].flatMap((one) => ruleOf(topic, one)));

/** The versions that wait for a back-fill, in the order of their last change. */
export const waitingJobs = (topics: readonly StoredTopic[]): TopicBackfillJob[] =>
  longestUnchangedFirst(topics)
    .filter((topic) => topic.readyVersion !== topic.version)
    .flatMap((topic) => {
      const position = topic.versions[topic.version]?.position;
      return ruleOf(topic, topic.version).map((rule) => ({ ...rule, ...(position !== undefined && { position }) }));
    });

/** The topic with the back-fill of this version at `position`; unchanged if the version was superseded or is filled already. */
export function filledTo<T extends StoredTopic>(topic: T, { version }: TopicRule, position: string | undefined): T {
  const rule = waitingRule(topic, version);
  return rule ? { ...topic, versions: { ...topic.versions, [version]: { rule, ...(position !== undefined && { position }) } } } : topic;
}

/** The topic with this version as its only one, which readers see; unchanged if the version was superseded or is filled already. */
export function filled<T extends StoredTopic>(topic: T, { version }: TopicRule): T {
  const rule = waitingRule(topic, version);
  return rule ? { ...topic, readyVersion: version, versions: { [version]: { rule } } } : topic;
}

const waitingRule = ({ version: latest, readyVersion, versions }: StoredTopic, version: number): PhraseRule | undefined =>
  latest === version && readyVersion !== version ? versions[version]?.rule : undefined;

const ruleOf = ({ id, versions }: StoredTopic, version: number): TopicRule[] => {
  const rule = versions[version]?.rule;
  return rule ? [{ topicId: id, version, ...rule }] : [];
};

const longestUnchangedFirst = (topics: readonly StoredTopic[]): StoredTopic[] =>
  topics.toSorted((one, other) => one.changedAt - other.changedAt || (one.id < other.id ? -1 : 1));
