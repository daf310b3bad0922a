import type { Article } from '@barometer/http-api/contract';

/** A dot in the colour of the label, hollow where the model is unsure; the words stand beside it for everybody. */
export function LabelMark({ article }: { article: Pick<Article, 'sentiment' | 'state'> }) {
  const { sentiment } = article;
  const look = sentiment ? `is-${sentiment.label} ${sentiment.uncertain ? 'hollow' : ''}` : 'is-unscored hollow';
  return <span className={`mark ${look}`} aria-hidden="true" />;
}
