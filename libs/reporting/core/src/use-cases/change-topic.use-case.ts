import { err, ok, type Clock, type Result } from '@barometer/kernel';
import type { Topic } from '../domain/topic';
import { checkTopic, type TopicForm, type TopicProblem } from '../domain/topic-form';
import type { TopicStore } from '../ports/topic-store.port';

/** There is no topic with this id. */
export interface TopicNotFound {
  readonly code: 'not-found';
}

/** Renames a topic or changes its phrases. Readers see the old version until the new one is back-filled. */
export class ChangeTopic {
  constructor(private readonly deps: { readonly topics: TopicStore; readonly clock: Clock }) {}

  async execute(id: string, form: TopicForm): Promise<Result<Topic, TopicProblem | TopicNotFound>> {
    const checked = checkTopic(form);
    if (!checked.ok) return checked;
    const topic = await this.deps.topics.change(id, checked.value, this.deps.clock.now());
    return topic ? ok(topic) : err({ code: 'not-found' });
  }
}
