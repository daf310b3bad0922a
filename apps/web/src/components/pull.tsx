import { formatSize } from '../format/tone';
import { t } from '../i18n/translate';

/** How far a part of the news moved the mood: an arrow, a number, and words for screen readers. */
export function Pull({ effect }: { effect: number }) {
  return (
    <span className={`pull number is-${effect < 0 ? 'negative' : 'positive'}`}>
      <span aria-hidden="true">{effect < 0 ? '▼' : '▲'}</span>
      <span className="sr-only">{effect < 0 ? t('tone.lowered') : t('tone.lifted')}</span> {formatSize(effect)}
    </span>
  );
}
