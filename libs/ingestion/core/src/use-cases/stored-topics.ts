import { nextPosition, positionText, readPosition } from '../domain/backfill-position';
import { inTopic } from '../domain/stored-article';
import { filled, filledTo, matchedRules, waitingJobs } from '../domain/stored-topic';
import type { BackfillCandidate, TopicBackfillJob, TopicCatalog, TopicRule } from '../ports/topic-catalog.port';
import type { TopicRecords } from '../ports/topic-records.port';

/** Implements `TopicCatalog` for every store: applies the rules of back-fills to the store's records. */
export class StoredTopics implements TopicCatalog {
  constructor(private readonly records: TopicRecords) {}

  async rules(): Promise<readonly TopicRule[]> {
    return matchedRules(await this.records.topics());
  }

  async jobs(): Promise<readonly TopicBackfillJob[]> {
    return waitingJobs(await this.records.topics());
  }

  async candidates(job: TopicBackfillJob, since: number, limit: number): Promise<{ readonly items: readonly BackfillCandidate[]; readonly position?: string }> {
    const position = readPosition(job.position) ?? { upTo: await this.records.lastNumber() };
    const rows = 'after' in position ? await this.records.arrivals(position.after, since, limit) : await this.records.newestFirst(position, since, limit);
    const next = nextPosition(position, rows, limit);
    return { items: rows.map(({ articleId, title, summary }) => ({ articleId, title, summary })), ...(next && { position: positionText(next) }) };
  }

  async applyChunk(job: TopicBackfillJob, matching: readonly string[], position: string | undefined): Promise<void> {
    await this.records.change(job.topicId, (topic) => filledTo(topic, job, position), { ids: matching, again: (known) => inTopic(known, job) });
  }

  async finish(job: TopicBackfillJob): Promise<void> {
    await this.records.change(job.topicId, (topic) => filled(topic, job));
  }
}
