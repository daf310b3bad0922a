import type { Article, ArticleExplanation, Label } from '@barometer/http-api/contract';
import { iso } from './mock-data';
import type { World } from './mock-world';

const tones: Record<Label, number> = { negative: -0.82, neutral: -0.05, positive: 0.62 };

/** An explanation of an article: its first word raises the tone, its last lowers it, and the others do nothing. */
export function explanationOf({ id, title, sentiment, modelSentiment, judgement }: Article): ArticleExplanation | undefined {
  const scored = modelSentiment ?? sentiment;
  if (!scored) return undefined;
  const words = [...title.matchAll(/\S+/g)].map(({ 0: word, index }, place, all) => ({
    word,
    start: index,
    end: index + word.length,
    pull: place === 0 ? 0.21 : place === all.length - 1 ? -0.46 : 0,
  }));
  return {
    articleId: id,
    text: title,
    sentiment: scored,
    words,
    truncated: false,
    scoredBy: scored.model,
    scoredTone: scored.tone,
    sameModel: true,
    ...(judgement && { judgement }),
  };
}

/** Counts an article with a reader's label; without a label, with the model's score again. */
export function judge(world: World, article: Article, label: Label | undefined): Article {
  const { judgement: _judgement, modelSentiment, ...rest } = article;
  const scored = modelSentiment ?? article.sentiment;
  if (!scored) return article;
  const judged = label
    ? { ...rest, judgement: { label, at: iso(world.now()) }, modelSentiment: scored, sentiment: { ...scored, label, tone: tones[label], uncertain: false } }
    : { ...rest, sentiment: scored };
  world.articles = world.articles.map((one) => (one.id === article.id ? judged : one));
  world.version += 1;
  return judged;
}
