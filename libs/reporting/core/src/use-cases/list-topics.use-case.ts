import type { Topic } from '../domain/topic';
import type { TopicStore } from '../ports/topic-store.port';

/** All topics, by name. */
export class ListTopics {
  constructor(private readonly deps: { readonly topics: TopicStore }) {}

  async execute(): Promise<readonly Topic[]> {
    const topics = await this.deps.topics.list();
    return [...topics].sort((one, other) => one.name.localeCompare(other.name));
  }
}
