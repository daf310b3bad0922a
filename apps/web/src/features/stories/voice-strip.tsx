import type { StoryVoice } from '@barometer/http-api/contract';
import { plural } from '../../format/numbers';
import { formatTone, sideOf } from '../../format/tone';
import { tonePosition } from '../mood/tone-position';

const START = 6;
const WIDTH = 148;
const MIDDLE = 11;
const RADIUS = 4.5;

/** How each publisher tells a story: a dot each on the axis of tone, the dark ones at the left. */
export function VoiceStrip({ voices }: { voices: readonly StoryVoice[] }) {
  const position = (tone: number) => START + tonePosition(tone) * WIDTH;
  const levels = levelsOf(voices.map(({ tone }) => position(tone)));
  const said = voices.map(({ name, tone, articles }) => `${name} ${formatTone(tone)}${articles > 1 ? ` in ${plural(articles, 'article')}` : ''}`);
  return (
    <svg className="voice-strip" viewBox="0 0 160 22" role="img" aria-label={`On a scale from minus one to plus one: ${said.join(', ')}`}>
      <line className="axis" x1={START} x2={START + WIDTH} y1={MIDDLE} y2={MIDDLE} />
      <line className="axis" x1={position(0)} x2={position(0)} y1={MIDDLE - 6} y2={MIDDLE + 6} />
      {voices.map((voice, index) => (
        <circle key={voice.sourceId + voice.name} className={`voice svg-${sideOf(voice.tone)}`} cx={position(voice.tone)} cy={MIDDLE + (levels[index] ?? 0)} r={RADIUS}>
          <title>{`${voice.name}: ${formatTone(voice.tone)}`}</title>
        </circle>
      ))}
    </svg>
  );
}

const LEVELS = [0, -6, 6] as const;

/** Dots that would hide each other stand above and below the axis in turn; the positions ascend. */
function levelsOf(positions: readonly number[]): number[] {
  const last = LEVELS.map(() => -Infinity);
  return positions.map((place, index) => {
    const free = last.findIndex((other) => place - other >= 2 * RADIUS - 2);
    const level = free < 0 ? index % LEVELS.length : free;
    last[level] = place;
    return LEVELS[level] ?? 0;
  });
}
