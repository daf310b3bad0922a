/** A version of a topic that an article belongs to. */
export interface TopicVersion {
  readonly topicId: string;
  readonly version: number;
}

const sourceKey = (id: string) => `s:${id}`;
const topicKey = ({ topicId, version }: TopicVersion) => `t:${topicId}@${version}`;

/** The key of a roll-up's scope: "all", a source, a topic version, or a topic version in a source. */
export function scopeKey(scope: { readonly sourceId?: string | undefined; readonly topic?: TopicVersion | undefined }): string {
  const parts = [scope.topic && topicKey(scope.topic), scope.sourceId && sourceKey(scope.sourceId)].filter((part) => part);
  return parts.length === 0 ? 'all' : parts.join('|');
}

/** Every scope that an article's score counts into: all, each source, each topic, each topic in each source. */
export function scopesOf(sourceIds: readonly string[], topics: readonly TopicVersion[]): string[] {
  return [
    scopeKey({}),
    ...sourceIds.map((sourceId) => scopeKey({ sourceId })),
    ...topics.flatMap((topic) => [scopeKey({ topic }), ...sourceIds.map((sourceId) => scopeKey({ topic, sourceId }))]),
  ];
}

/** The scopes that one more source adds to an article: the source, and each of its topics in that source. */
export function scopesOfSource(sourceId: string, topics: readonly TopicVersion[]): string[] {
  return [scopeKey({ sourceId }), ...topics.map((topic) => scopeKey({ topic, sourceId }))];
}

/** The scopes that one more topic version adds to an article: the topic, and it in each of the article's sources. */
export function scopesOfTopic(topic: TopicVersion, sourceIds: readonly string[]): string[] {
  return [scopeKey({ topic }), ...sourceIds.map((sourceId) => scopeKey({ topic, sourceId }))];
}
