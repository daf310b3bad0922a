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

/** The key of a story's roll-up. It covers all articles of the story except the first, whose id is the story's id. */
export const storyScope = (storyId: string): string => `y:${storyId}`;

/**
 * Every scope that an article's score counts into: all, each source, each topic, each topic in each source, and the
 * story that it joined. An article that began a story counts into no story scope, since most stories have only one
 * article.
 */
export function scopesOf(sourceIds: readonly string[], topics: readonly TopicVersion[], joinedStory?: string): string[] {
  return [
    scopeKey({}),
    ...sourceIds.map((sourceId) => scopeKey({ sourceId })),
    ...topics.flatMap((topic) => [scopeKey({ topic }), ...sourceIds.map((sourceId) => scopeKey({ topic, sourceId }))]),
    ...(joinedStory === undefined ? [] : [storyScope(joinedStory)]),
  ];
}
