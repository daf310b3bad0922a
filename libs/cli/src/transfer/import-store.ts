import type { AccessKey } from '@barometer/access';
import type { AlertRule, Channel, Digest } from '@barometer/alerting';
import { topicsOf, type Article, type Source, type TopicRule } from '@barometer/ingestion';
import { counted, HOUR, type Clock } from '@barometer/kernel';
import type { Topic } from '@barometer/reporting';
import { OTHER_LANGUAGE, type NewScore } from '@barometer/sentiment';
import { CommandError } from '../context';
import { FORMAT, type ArticleLine, type StoreLine } from './store-lines';
import type { TransferStores } from './transfer-stores';

const BATCH = 100;

/** The result of an import. */
export interface StoreImported {
  readonly sources: number;
  readonly topics: number;
  readonly articles: number;
  /** Already in the store. */
  readonly known: number;
  /** Older than this store's retention. */
  readonly tooOld: number;
}

/**
 * Puts the lines of a file into a store through the same ports as everything else, so that counts, lists and stories
 * result by themselves. Existing items stay; after a stop the file can be read again.
 */
export class ImportStore {
  private readonly report = { sources: 0, topics: 0, articles: 0, known: 0, tooOld: 0 };
  private batch: ArticleLine[] = [];
  private begun = false;
  private ended = false;
  private seen = 0;
  private rules: readonly TopicRule[] | undefined;

  constructor(
    private readonly stores: TransferStores,
    private readonly clock: Clock,
  ) {}

  /** @throws CommandError for another format, and for a source that exists under another id */
  async take(line: StoreLine): Promise<void> {
    if (line.kind === 'barometer') return this.begin(line.format);
    if (!this.begun) throw new CommandError('This is no file of "barometer export all": its first line says nothing of one.');
    if (line.kind === 'article') return this.takeArticle(line.article);
    if (line.kind === 'end') return this.end(line.articles);
    await this.takeOther(line);
  }

  /** Stores the rest. @throws CommandError for a file that was cut off; everything in it is stored */
  async finish(): Promise<StoreImported> {
    await this.store();
    if (!this.ended) throw new CommandError('The file has no end: the export was cut off. What it has is stored; export again.');
    return this.report;
  }

  private async begin(format: number): Promise<void> {
    if (format !== FORMAT) throw new CommandError(`The file has form ${format}; this Barometer reads form ${FORMAT}.`);
    this.begun = true;
    for (const list of ['sources', 'topics', 'alerts'] as const) await this.stores.seeds.note(list, 'done');
  }

  private async takeOther(line: Exclude<StoreLine, { kind: 'barometer' | 'article' | 'end' }>): Promise<void> {
    const { topics, keys, alerts, digests, articles } = this.stores;
    if (line.kind === 'source') return this.takeSource(line.source as unknown as Source);
    if (line.kind === 'topic') this.report.topics += Number(await topics.add(line.topic as unknown as Topic));
    if (line.kind === 'key') await keys.add(line.key as unknown as AccessKey);
    if (line.kind === 'channel') await alerts.putChannel(line.channel as unknown as Channel);
    if (line.kind === 'rule') await alerts.addRule(line.rule as unknown as AlertRule);
    if (line.kind === 'digest') await digests.addDigest(line.digest as unknown as Digest);
    if (line.kind === 'hours')
      await (line.of === 'observed'
        ? articles.copyObserved(new Map([[line.sourceId, line.hours]]))
        : articles.markImported(new Map([[line.sourceId, line.hours]])));
  }

  private async takeSource(source: Source): Promise<void> {
    if (await this.stores.sources.add(source)) this.report.sources += 1;
    else if (!(await this.stores.sources.find(source.id)))
      throw new CommandError(
        `The store polls ${source.url} already, under another id than "${source.id}". Import into a store without sources, or remove that one first.`,
      );
  }

  private async takeArticle(article: ArticleLine): Promise<void> {
    this.seen += 1;
    this.batch.push(article);
    if (this.batch.length === BATCH) await this.store();
  }

  private async end(articles: number): Promise<void> {
    if (articles !== this.seen)
      throw new CommandError(`The file should hold ${counted(articles, 'article')} and holds ${this.seen}: a part of it is missing. What it has is stored.`);
    this.ended = true;
  }

  private async store(): Promise<void> {
    const { articles, catalog, scores } = this.stores;
    const now = this.clock.now();
    const oldest = (await articles.importableFrom(now)) * HOUR;
    const kept = this.batch.filter(({ publishedAt }) => publishedAt >= oldest);
    this.report.tooOld += this.batch.length - kept.length;
    this.batch = [];
    if (kept.length === 0) return;
    const rules = (this.rules ??= await catalog.rules());
    const stored = await articles.addAll(
      kept.map((line) => articleOf(line, rules)),
      now,
    );
    const added = stored.pending.length + stored.skipped;
    this.report.articles += added;
    this.report.known += kept.length - added;
    await scores.apply(
      kept.flatMap(({ id, state, reason, sentiment }): NewScore[] =>
        state === 'scored' && !wasSkipped({ state, reason }) && sentiment ? [{ articleId: id, sentiment }] : [],
      ),
      now,
    );
    for (const { id, judgement, sentiment } of kept) if (judgement) await scores.judge(id, judgement, sentiment);
    for (const { id, state, reason } of kept) if (state === 'failed') await scores.giveBack({ id }, reason ?? 'failed in the store before');
  }
}

/** The article was skipped for its language before a reader judged it. */
const wasSkipped = ({ state, reason }: Pick<ArticleLine, 'state' | 'reason'>): boolean => state === 'scored' && reason === OTHER_LANGUAGE;

function articleOf({ state, reason, sentiment: _sentiment, judgement: _judgement, ...fields }: ArticleLine, rules: readonly TopicRule[]): Article {
  const { publisher, language, ...rest } = fields;
  const skipped =
    state === 'skipped' || wasSkipped({ state, reason })
      ? ({ state: 'skipped', reason: (reason ?? 'language') as 'language' } as const)
      : ({ state: 'pending' } as const);
  return {
    ...rest,
    ...(publisher !== undefined && { publisher }),
    ...(language !== undefined && { language }),
    topics: topicsOf(rest, rules),
    status: skipped,
  };
}
