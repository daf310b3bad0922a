import type { StoryVoice } from '@barometer/http-api/contract';
import { formatTone, sideOf } from '../../format/tone';
import { t } from '../../i18n/translate';
import { tonePosition } from '../mood/tone-position';

const START = 6;
const WIDTH = 148;
const MIDDLE = 11;
const RADIUS = 4.5;

/** How each publisher reports a story: one dot each on the axis of tone, negative ones at the left. */
export function VoiceStrip({ voices }: { voices: readonly StoryVoice[] }) {
  const position = (tone: number) => START + tonePosition(tone) * WIDTH;
  const levels = levelsOf(voices.map(({ tone }) => position(tone)));
  const said = voices.map(({ name, tone, articles }) =>
    articles > 1 ? t('stories.voices', { name, tone: formatTone(tone), count: articles }) : t('stories.voice', { name, tone: formatTone(tone) }),
  );
  return (
    <svg className="voice-strip" viewBox="0 0 160 22" role="img" aria-label={t('tone.scale', { list: said.join(', ') })}>
      <line className="axis" x1={START} x2={START + WIDTH} y1={MIDDLE} y2={MIDDLE} />
      <line className="axis" x1={position(0)} x2={position(0)} y1={MIDDLE - 6} y2={MIDDLE + 6} />
      {voices.map((voice, index) => (
        <circle
          key={voice.sourceId + voice.name}
          className={`voice svg-${sideOf(voice.tone)}`}
          cx={position(voice.tone)}
          cy={MIDDLE + (levels[index] ?? 0)}
          r={RADIUS}
        >
          <title>{t('compare.of', { name: voice.name, value: formatTone(voice.tone) })}</title>
        </circle>
      ))}
    </svg>
  );
}

const LEVELS = [0, -6, 6] as const;

/** Dots that would overlap are placed alternately above and below the axis; the positions ascend. */
function levelsOf(positions: readonly number[]): number[] {
  const last = LEVELS.map(() => -Infinity);
  return positions.map((place, index) => {
    const free = last.findIndex((other) => place - other >= 2 * RADIUS - 2);
    const level = free < 0 ? index % LEVELS.length : free;
    last[level] = place;
    return LEVELS[level] ?? 0;
  });
}
