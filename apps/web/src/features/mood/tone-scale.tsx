import type { UsualRange } from '@barometer/http-api/contract';
import { formatTone, sideOf } from '../../format/tone';
import { t } from '../../i18n/translate';
import { tonePosition } from './tone-position';

const START = 6;
const WIDTH = 288;
const MIDDLE = 22;

const position = (tone: number) => START + tonePosition(tone) * WIDTH;

interface ToneScaleProps {
  readonly tone: number;
  readonly previous: number | undefined;
  readonly usual: UsualRange | null;
}

/** The barometer's scale: where the mood stands between the two ends, the usual range, and where it stood before. */
export function ToneScale({ tone, previous, usual }: ToneScaleProps) {
  const said = [
    formatTone(tone),
    ...(usual ? [t('usual.range', { low: formatTone(usual.low), high: formatTone(usual.high) })] : []),
    ...(previous === undefined ? [] : [t('tone.before', { tone: formatTone(previous) })]),
  ];
  return (
    <svg className="tone-scale" viewBox="0 0 300 48" role="img" aria-label={t('tone.scale', { list: said.join(', ') })}>
      {usual && <UsualBand usual={usual} />}
      <line className="scale-line svg-stroke-negative" x1={position(-1)} x2={position(-0.05)} y1={MIDDLE} y2={MIDDLE} />
      <line className="scale-line svg-stroke-neutral" x1={position(-0.05)} x2={position(0.05)} y1={MIDDLE} y2={MIDDLE} />
      <line className="scale-line svg-stroke-positive" x1={position(0.05)} x2={position(1)} y1={MIDDLE} y2={MIDDLE} />
      {[-1, -0.5, -0.2, 0, 0.2, 0.5, 1].map((tick) => (
        <text key={tick} className="tick" x={position(tick)} y={45} textAnchor={tick === -1 ? 'start' : tick === 1 ? 'end' : 'middle'}>
          {tick === 0
            ? '0'
            : formatTone(tick)
                .replace(/0$/, '')
                .replace(/[.,]0$/, '')}
        </text>
      ))}
      {previous !== undefined && <line className="before" x1={position(previous)} x2={position(previous)} y1={MIDDLE - 8} y2={MIDDLE + 8} />}
      <circle className={`needle svg-${sideOf(tone)}`} cx={position(tone)} cy={MIDDLE} r={8} />
    </svg>
  );
}

/** The usual range: a framed band with its name above, so that it needs no colour. */
function UsualBand({ usual: { low, high } }: { usual: UsualRange }) {
  const [left, right] = [position(low), position(high)];
  const middle = Math.min(282, Math.max(18, (left + right) / 2));
  return (
    <g className="usual-band">
      <rect x={left} y={MIDDLE - 9} width={Math.max(3, right - left)} height={18} rx={4} />
      <text className="tick" x={middle} y={9} textAnchor="middle">
        {t('usual.label')}
      </text>
    </g>
  );
}
