import { contributionOf, RollupIncrements, type RollupIncrement } from '@barometer/kernel';
import { actionsOf, type ArticleChange } from './article-actions';
import { bucketOf, scopesOfArticle, type ArticleRecord } from './article-item';

/**
 * Limits a change to what fits into one transaction: an article with many sources and topics counts into more scopes
 * than that. The article is then written with as many counters as fit and records the others as owed, to be added by
 * later transactions. An article to be removed is first taken out of as many counters as fit, and stays meanwhile.
 */
export function fittingChange(change: ArticleChange, most: number): ArticleChange {
  const surplus = actionsOf('', [change], 0).length - most;
  if (surplus <= 0) return change;
  const { id, before, after } = change;
  const open = differenceOf(before, after);
  // "all" comes first and is always included, so that no reader sees more articles in a source than in all.
  const counted = open.slice(0, Math.max(1, open.length - surplus));
  if (after) return { id, before, after: { ...after, owed: open.slice(counted.length) } };
  if (!before) return change;
  const taken = counted.map(({ scope, hour, ...rest }) => ({ scope, hour, ...negated(rest) }));
  return { id, before, after: { ...before, rev: before.rev + 1, owed: merged([...(before.owed ?? []), ...taken]) } };
}

/** The change of the roll-ups between the two states, if nothing remains owed. */
function differenceOf(before: ArticleRecord | undefined, after: ArticleRecord | undefined): RollupIncrement[] {
  const sums = new RollupIncrements();
  if (after) addAll(sums, after, 1);
  if (before) addAll(sums, before, -1);
  for (const { scope, hour, ...owed } of before?.owed ?? []) sums.add([scope], hour, owed);
  return sums.list().filter(isSomething);
}

function addAll(sums: RollupIncrements, article: ArticleRecord, sign: 1 | -1): void {
  if (article.sentiment) sums.add(scopesOfArticle(article), bucketOf(article), contributionOf(article.sentiment), sign);
}

function merged(increments: readonly RollupIncrement[]): RollupIncrement[] {
  const sums = new RollupIncrements();
  for (const { scope, hour, ...rest } of increments) sums.add([scope], hour, rest);
  return sums.list().filter(isSomething);
}

type Sums = Omit<RollupIncrement, 'scope' | 'hour'>;

const isSomething = ({ negative, neutral, positive, toneSum, toneSquares }: Sums): boolean =>
  [negative, neutral, positive, toneSum, toneSquares].some((count) => count !== 0);

const negated = ({ negative, neutral, positive, toneSum, toneSquares }: Sums): Sums => ({
  negative: 0 - negative,
  neutral: 0 - neutral,
  positive: 0 - positive,
  toneSum: 0 - toneSum,
  toneSquares: 0 - toneSquares,
});
