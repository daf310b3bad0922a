import { STANDARD_RETENTION } from '@barometer/kernel';
import type { ReportStore } from '../ports/report-store.port';
import type { TopicStore } from '../ports/topic-store.port';
import type { Topic } from '../domain/topic';

/** A port with only these methods; calling any other one fails. */
export function only<Port extends object>(methods: Partial<Port>): Port {
  return new Proxy(methods as Port, {
    get: (target, name) => Reflect.get(target, name) ?? (() => Promise.reject(new Error(`${String(name)} was not expected to be called`))),
  });
}

export const reportsOf = (methods: Partial<ReportStore>): ReportStore =>
  only<ReportStore>({ retention: STANDARD_RETENTION, importedHours: async () => [], ...methods });

/** Topics in a map; versions are counted, not kept. */
export function fakeTopics(): TopicStore {
  const topics = new Map<string, Topic>();
  return {
    add: async (topic) => !topics.has(topic.id) && Boolean(topics.set(topic.id, topic)),
    list: async () => [...topics.values()],
    find: async (id) => topics.get(id),
    change: async (id, next, changedAt) => {
      const topic = topics.get(id);
      if (topic) topics.set(id, { ...topic, ...next, version: topic.version + 1, changedAt });
      return topics.get(id);
    },
    remove: async (id) => topics.delete(id),
  };
}
