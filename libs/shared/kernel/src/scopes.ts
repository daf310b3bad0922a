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

/** The key of a story's roll-up: of all its articles but the first, whose id is the story's. */
export const storyScope = (storyId: string): string => `y:${storyId}`;

/**
 * Every scope that an article's score counts into: all, each source, each topic, each topic in each source, and the story
 * that it joined. An article that began a story counts into none of its own: most stories have one article only.
 */
export function scopesOf(sourceIds: readonly string[], topics: readonly TopicVersion[], joinedStory?: string): string[] {
  return [
    scopeKey({}),
    ...sourceIds.map((sourceId) => scopeKey({ sourceId })),
    ...topics.flatMap((topic) => [scopeKey({ topic }), ...sourceIds.map((sourceId) => scopeKey({ topic, sourceId }))]),
    ...(joinedStory === undefined ? [] : [storyScope(joinedStory)]),
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
