import type { Topic } from '../domain/topic';
import type { TopicStore } from '../ports/topic-store.port';

export class GetTopic {
  constructor(private readonly deps: { readonly topics: TopicStore }) {}

  execute(id: string): Promise<Topic | undefined> {
    return this.deps.topics.find(id);
  }
}
