import type { TopicStore } from '../ports/topic-store.port';

/** Removes a topic with its figures; its articles stay. `false` if there is none. */
export class RemoveTopic {
  constructor(private readonly deps: { readonly topics: TopicStore }) {}

  execute(id: string): Promise<boolean> {
    return this.deps.topics.remove(id);
  }
}
