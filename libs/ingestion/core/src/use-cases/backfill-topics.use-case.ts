import { DAY, matchesPhrases, type Clock } from '@barometer/kernel';
import { topicText } from '../domain/take-articles';
import type { TopicBackfillJob, TopicCatalog } from '../ports/topic-catalog.port';

/** How far back a new version of a topic is matched. */
const BACKFILL = 30 * DAY;
const MAX_CHUNKS = 10;
const CHUNK_SIZE = 200;

export interface BackfillReport {
  readonly chunks: number;
  /** Articles put into a topic version. */
  readonly matched: number;
  /** Versions that became visible to readers. */
  readonly finished: number;
}

/** Matches the last 30 days with the new topic versions, oldest version first, in chunks that can be resumed. */
export class BackfillTopics {
  constructor(private readonly deps: { readonly topics: TopicCatalog; readonly clock: Clock }) {}

  async execute({ maxChunks = MAX_CHUNKS, chunkSize = CHUNK_SIZE }: { maxChunks?: number; chunkSize?: number } = {}): Promise<BackfillReport> {
    let [chunks, matched, finished] = [0, 0, 0];
    for (const waiting of await this.deps.topics.jobs()) {
      let job: TopicBackfillJob | undefined = waiting;
      while (job && chunks < maxChunks) {
        const chunk = await this.applyChunk(job, chunkSize);
        chunks += 1;
        matched += chunk.matched;
        if (!chunk.next) {
          await this.deps.topics.finish(job);
          finished += 1;
        }
        job = chunk.next;
      }
    }
    return { chunks, matched, finished };
  }

  private async applyChunk(job: TopicBackfillJob, chunkSize: number): Promise<{ matched: number; next: TopicBackfillJob | undefined }> {
    const { items, position } = await this.deps.topics.candidates(job, this.deps.clock.now() - BACKFILL, chunkSize);
    const matching = items.filter((item) => matchesPhrases(job, topicText(item))).map(({ articleId }) => articleId);
    await this.deps.topics.applyChunk(job, matching, position);
    return { matched: matching.length, next: position === undefined ? undefined : { ...job, position } };
  }
}
