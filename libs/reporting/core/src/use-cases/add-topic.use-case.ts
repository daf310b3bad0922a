import { err, ok, type Clock, type Result } from '@barometer/kernel';
import type { Topic } from '../domain/topic';
import { checkTopic, topicIdOf, type TopicForm, type TopicProblem } from '../domain/topic-form';
import type { TopicStore } from '../ports/topic-store.port';

const MOST_TRIES = 50;

/** Adds a topic. New articles are matched at once; its figures appear when the back-fill of the last 30 days is done. */
export class AddTopic {
  constructor(private readonly deps: { readonly topics: TopicStore; readonly clock: Clock }) {}

  async execute(form: TopicForm): Promise<Result<Topic, TopicProblem>> {
    const checked = checkTopic(form);
    if (!checked.ok) return checked;
    const now = this.deps.clock.now();
    const base = topicIdOf(checked.value.name);
    for (let attempt = 1; attempt <= MOST_TRIES; attempt += 1) {
      const id = attempt === 1 ? base : `${base}-${attempt}`;
      const topic: Topic = { id, ...checked.value, version: 1, createdAt: now, changedAt: now };
      if (await this.deps.topics.add(topic)) return ok(topic);
    }
    return err({ field: 'name', code: 'taken', message: 'too many topics have this name' });
  }
}
