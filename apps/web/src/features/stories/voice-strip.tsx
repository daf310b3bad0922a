import type { StoryVoice } from '@barometer/http-api/contract';
import { formatTone, sideOf } from '../../format/tone';
import { t } from '../../i18n/translate';
import { tonePosition } from '../mood/tone-position';
import { stackDots } from './stacked-dots';

const WIDTH = 160;
const MARGIN = 6;

/** How each publisher reports a story: one dot each on the axis of tone, negative ones at the left; dots of one tone are stacked. */
export function VoiceStrip({ voices }: { voices: readonly StoryVoice[] }) {
  const position = (tone: number) => MARGIN + tonePosition(tone) * (WIDTH - 2 * MARGIN);
  const { height, radius, offsets } = stackDots(voices.map(({ tone }) => position(tone)));
  const middle = height / 2;
  const said = voices.map(({ name, tone, articles }) =>
    articles > 1 ? t('stories.voices', { name, tone: formatTone(tone), count: articles }) : t('stories.voice', { name, tone: formatTone(tone) }),
  );
  return (
    <svg className="voice-strip" viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-label={t('tone.scale', { list: said.join(', ') })}>
      <line className="axis" x1={MARGIN} x2={WIDTH - MARGIN} y1={middle} y2={middle} />
      <line className="axis" x1={position(0)} x2={position(0)} y1={middle - 6} y2={middle + 6} />
      {voices.map((voice, index) => (
        <circle
          key={voice.sourceId + voice.name}
          className={`voice svg-${sideOf(voice.tone)}`}
          cx={position(voice.tone)}
          cy={middle + (offsets[index] ?? 0)}
          r={radius}
        >
          <title>{t('compare.of', { name: voice.name, value: formatTone(voice.tone) })}</title>
        </circle>
      ))}
    </svg>
  );
}
