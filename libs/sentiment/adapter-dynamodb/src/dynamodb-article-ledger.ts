import { expiryBound } from '@barometer/kernel';
import { isAvailable, type ArticleLedger, type ChangedArticle, type LeaseOptions, type StoryFinder, type Transition } from '@barometer/sentiment';
import {
  ALL_LIST,
  articleKey,
  articleOf,
  ArticleWriter,
  listSort,
  readTopics,
  readyVersions,
  sourceIdsOf,
  STATES,
  statesOf,
  type ArticleRecord,
  type DynamoDbTable,
} from '@barometer/storage-dynamodb';
import { BatchStories } from './recent-stories';

/** The articles of the DynamoDB store, as scoring uses them; each write is conditional on the revision that was read. */
export class DynamoDbArticleLedger implements ArticleLedger {
  private readonly writer: ArticleWriter;

  constructor(private readonly table: DynamoDbTable) {
    this.writer = new ArticleWriter(table);
  }

  get retention() {
    return this.table.retention;
  }

  async change(ids: readonly string[], transition: Transition): Promise<readonly ChangedArticle[]> {
    const changes = await this.writer.change(ids, (article) => transition(article));
    return changes.flatMap(({ after }) => (after ? [{ article: after, memberships: { sourceIds: sourceIdsOf(after), topics: after.topics } }] : []));
  }

  /** Also completes what a process left half counted, since every lease comes through here. */
  async free({ now, limit, maxReceives }: LeaseOptions): Promise<readonly { id: string; receives: number }[]> {
    await this.writer.settle();
    const free: { id: string; receives: number }[] = [];
    let leasable = 0;
    for await (const item of this.table.query({ index: 'waiting', partition: 'pending' })) {
      if (!isAvailable(Number(item['availableAt']), now) || Number(item['expiresAt']) <= expiryBound(now, this.retention)) continue;
      const receives = Number(item['receives']);
      free.push({ id: String(item['id']), receives });
      leasable += Number(receives < maxReceives);
      if (leasable >= limit) break;
    }
    return free;
  }

  async read(ids: readonly string[]): Promise<readonly ArticleRecord[]> {
    return (await this.table.getAll(ids.map(articleKey), { consistent: true })).map(articleOf);
  }

  async scored({ notRevision, after, limit }: Parameters<ArticleLedger['scored']>[0]): Promise<readonly ArticleRecord[]> {
    // `~` sorts after every id: without an id, the search begins at the time.
    const from = after.id === '' ? listSort(after.publishedAt, '') : `${listSort(after.publishedAt, after.id)}~`;
    const found: ArticleRecord[] = [];
    for await (const item of this.table.query({ index: 'list', partition: ALL_LIST, from, pageSize: limit })) {
      const article = articleOf(item);
      if (article.sentiment && article.sentiment.model.revision !== notRevision) found.push(article);
      if (found.length === limit) break;
    }
    return found;
  }

  async failed(): Promise<readonly string[]> {
    return (await this.table.all({ index: 'waiting', partition: 'failed' })).map((item) => String(item['id']));
  }

  async backlog(): Promise<{ pending: number; failed: number; oldestPendingAt?: number }> {
    const { pending, failed } = statesOf(await this.table.all({ partition: STATES, consistent: true }));
    const [oldest] = await this.table.first({ index: 'waiting', partition: 'pending' }, 1);
    return { pending, failed, ...(oldest && { oldestPendingAt: Number(oldest['storedAt']) }) };
  }

  async stories(ids: readonly string[]): Promise<StoryFinder> {
    const waiting = (await this.table.getAll(ids.map(articleKey))).map(articleOf).filter((article) => article.state === 'pending');
    return BatchStories.of(this.table, waiting);
  }

  async readableTopics(): Promise<ReadonlyMap<string, number>> {
    return readyVersions(await readTopics(this.table));
  }
}
