import { Bar } from '@visx/shape';
import { formatTone, sideOf } from '../format/tone';
import { t } from '../i18n/translate';

const WIDTH = 120;
const HEIGHT = 28;

/** Mean tones over a period as bars above and below zero; a gap where nothing was scored. */
export function Sparkline({ values, name }: { values: readonly (number | null)[]; name: string }) {
  const step = WIDTH / Math.max(1, values.length);
  const range = Math.max(0.3, ...values.map((value) => Math.abs(value ?? 0)));
  const known = values.filter((value) => value !== null);
  const spoken = known.length === 0 ? t('trend.nothing') : t('trend.fromTo', { first: formatTone(known[0] ?? 0), last: formatTone(known.at(-1) ?? 0) });
  return (
    <svg className="sparkline" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width={WIDTH} height={HEIGHT} role="img" aria-label={t('trend.of', { name, values: spoken })}>
      <line className="zero" x1={0} x2={WIDTH} y1={HEIGHT / 2} y2={HEIGHT / 2} />
      {values.map((value, index) => {
        if (value === null) return null;
        const height = Math.max(1.5, (Math.abs(value) / range) * (HEIGHT / 2 - 1));
        const width = Math.max(1, Math.min(step - 1, 8));
        return (
          <Bar
            key={index}
            className={`svg-${sideOf(value)}`}
            x={index * step}
            width={width}
            y={value < 0 ? HEIGHT / 2 : HEIGHT / 2 - height}
            height={height}
            rx={0.75}
          />
        );
      })}
    </svg>
  );
}
