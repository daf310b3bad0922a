import type { Article } from '@barometer/http-api/contract';

/** A dot in the colour of the label, hollow where the model is unsure. It is decoration: the words stand beside it. */
export function LabelMark({ article }: { article: Pick<Article, 'sentiment' | 'state'> }) {
  const { sentiment } = article;
  // eslint-disable-next-line barometer/translated-text -- names of styles
  const look = sentiment ? `is-${sentiment.label} ${sentiment.uncertain ? 'hollow' : ''}` : 'is-unscored hollow';
  return <span className={`mark ${look}`} aria-hidden="true" />;
}
