import { formatTone, sideOf, spokenTone } from '../format/tone';

/** A tone as a signed figure in its colour; a dash where there is none. */
export function ToneFigure({ tone, className = '' }: { tone: number | null; className?: string }) {
  if (tone === null)
    return (
      <span className={`tone muted ${className}`} aria-label={spokenTone(null)} role="img">
        –
      </span>
    );
  return (
    <span className={`tone number is-${sideOf(tone)} ${className}`} role="img" aria-label={spokenTone(tone)}>
      {formatTone(tone)}
    </span>
  );
}
