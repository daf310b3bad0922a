import { formatTone } from '../format/tone';

/** What a part of the news moved the mood by: an arrow, a number, and the words for who sees neither. */
export function Pull({ effect }: { effect: number }) {
  return (
    <span className={`pull number is-${effect < 0 ? 'negative' : 'positive'}`}>
      <span aria-hidden="true">{effect < 0 ? '▼' : '▲'}</span>
      <span className="sr-only">{effect < 0 ? 'lowered the mood by' : 'lifted the mood by'}</span> {formatTone(Math.abs(effect)).replace('+', '')}
    </span>
  );
}
