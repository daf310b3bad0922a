import { formatTone, sideOf } from '../../format/tone';

const START = 6;
const WIDTH = 288;

/** Most moods lie near zero: the scale spends its width there, by a square root on either side. */
const position = (tone: number) => START + ((Math.sign(tone) * Math.sqrt(Math.abs(tone)) + 1) / 2) * WIDTH;

/** The barometer's scale: where the mood stands between the two ends, and where it stood before. */
export function ToneScale({ tone, previous }: { tone: number; previous: number | undefined }) {
  return (
    <svg className="tone-scale" viewBox="0 0 300 34" role="img" aria-label={`On a scale from minus one to plus one: ${formatTone(tone)}${previous === undefined ? '' : `, before ${formatTone(previous)}`}`}>
      <line className="scale-line svg-stroke-negative" x1={position(-1)} x2={position(-0.05)} y1={12} y2={12} />
      <line className="scale-line svg-stroke-neutral" x1={position(-0.05)} x2={position(0.05)} y1={12} y2={12} />
      <line className="scale-line svg-stroke-positive" x1={position(0.05)} x2={position(1)} y1={12} y2={12} />
      {[-1, -0.5, -0.2, 0, 0.2, 0.5, 1].map((tick) => (
        <text key={tick} className="tick" x={position(tick)} y={31} textAnchor={tick === -1 ? 'start' : tick === 1 ? 'end' : 'middle'}>
          {tick === 0 ? '0' : formatTone(tick).replace(/0$/, '').replace(/[.,]0$/, '')}
        </text>
      ))}
      {previous !== undefined && <line className="before" x1={position(previous)} x2={position(previous)} y1={2} y2={22} />}
      <circle className={`needle svg-${sideOf(tone)}`} cx={position(tone)} cy={12} r={8} />
    </svg>
  );
}
