import type { ArticleText } from '../domain/article-text';
import type { Explanation } from '../domain/explanation';
import { textToScore, type ScoreText } from '../domain/text-to-score';
import type { ExplainTexts } from './explain-texts.use-case';

/** Explains which words of an article influenced its score, using the text that is scored for it. */
export class ExplainArticle {
  constructor(private readonly deps: { readonly explainTexts: Pick<ExplainTexts, 'execute'>; readonly text?: ScoreText }) {}

  async execute(article: ArticleText): Promise<Explanation> {
    const { explainTexts, text } = this.deps;
    const [explanation] = await explainTexts.execute([textToScore(article, text)]);
    if (!explanation) throw new Error('The classifier answered nothing.');
    return explanation;
  }
}
