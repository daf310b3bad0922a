import { DAY, matchesPhrases, ok, type Clock, type PhraseRule, type Result } from '@barometer/kernel';
import type { ArticleView, Period } from '../domain/report';
import { checkRule, type TopicProblem } from '../domain/topic-form';
import type { ReportStore } from '../ports/report-store.port';

/** The articles that a topic would have. */
export interface TopicPreview {
  readonly matched: number;
  /** How many of the newest articles were searched; at most 3,000 of the last 7 days. */
  readonly searched: number;
  /** The articles from this time on were searched. */
  readonly searchedTo: number;
  /** The newest matches, at most 10. */
  readonly examples: readonly ArticleView[];
}

const PREVIEW_DAYS = 7;
const MOST_ARTICLES = 3_000;
const PAGE = 300;
const EXAMPLES = 10;

/** Which of the newest articles a topic with these phrases would match, before it is saved. */
export class PreviewTopic {
  constructor(private readonly deps: { readonly reports: ReportStore; readonly clock: Clock }) {}

  async execute(rule: PhraseRule): Promise<Result<TopicPreview, TopicProblem>> {
    const checked = checkRule(rule);
    if (!checked.ok) return checked;
    const now = this.deps.clock.now();
    const period = { from: now - PREVIEW_DAYS * DAY, to: now + DAY };
    return ok(await this.search(checked.value, period));
  }

  private async search(rule: PhraseRule, period: Period): Promise<TopicPreview> {
    const preview = { matched: 0, searched: 0, searchedTo: period.to, examples: [] as ArticleView[] };
    let cursor: string | undefined;
    do {
      const page = await this.deps.reports.articles({ period, limit: PAGE, ...(cursor !== undefined && { cursor }) });
      const matching = page.items.filter(({ title, summary }) => matchesPhrases(rule, `${title}\n${summary}`));
      preview.matched += matching.length;
      preview.searched += page.items.length;
      preview.searchedTo = page.searchedTo;
      preview.examples.push(...matching.slice(0, EXAMPLES - preview.examples.length));
      cursor = page.cursor;
    } while (cursor !== undefined && preview.searched < MOST_ARTICLES);
    return preview;
  }
}
