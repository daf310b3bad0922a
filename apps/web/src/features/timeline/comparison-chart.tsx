import { LinePath } from '@visx/shape';
import { useId, useMemo } from 'react';
import { t } from '../../i18n/translate';
import { gapsOf, toneRange, type ChartBucket } from './chart-data';
import { ChartMarks } from './chart-marks';
import { bucketScale, MARGIN, TimeAxis, ToneAxis, toneScale, type BucketScale, type LinearScale } from './chart-scales';
import { ChartSlider } from './chart-slider';
import { MarkFlags } from './mark-flags';
import { marksNumbers, marksText, type MarkGroup } from './mark-groups';
import { comparisonText, type ComparedLine } from './compared-scopes';
import { ScopeMark } from './scope-mark';
import { UsualBand } from './usual-band';

/** Below this width each line gets its own small chart, since four lines in one cannot be told apart. */
const SMALL = 560;
const AXIS = 26;
/** Height for the numbers of the marks, above the lines. */
const FLAGS = 12;
const [TOP, ONE, EACH, TITLE] = [30, 236, 84, 20];

interface ComparisonChartProps {
  /** One to four; the first one decides the times. */
  readonly lines: readonly ComparedLine[];
  readonly groups: readonly MarkGroup[];
  readonly width: number;
  readonly onZoom: (from: number, to: number) => void;
}

/** Mean tones of several scopes over the same times, on one scale, each with its usual range. */
export function ComparisonChart({ lines, groups, width, onZoom }: ComparisonChartProps) {
  const id = useId();
  const times = lines[0]?.buckets ?? [];
  const x = useMemo(() => bucketScale(times, width), [times, width]);
  const range = useMemo(() => Math.max(...lines.map(({ buckets }) => toneRange(buckets))), [lines]);
  const isSmall = width < SMALL;
  const charts = isSmall ? lines.map((line) => [line]) : [lines];
  const placeOf = (index: number) => (isSmall ? TOP + TITLE + index * (EACH + TITLE) : TOP);
  const bottom = placeOf(charts.length - 1) + (isSmall ? EACH : ONE);
  // Hours that one source missed are gaps in its line; hours without any successful poll are hatched.
  const unwatched = useMemo(
    () => times.map((time, index) => lines.find(({ buckets }) => buckets[index]?.observed || buckets[index]?.volume)?.buckets[index] ?? time),
    [times, lines],
  );
  return (
    <ChartSlider
      label={t('timeline.chartOf', { names: lines.map(({ name }) => name).join(', ') })}
      buckets={times}
      scale={x}
      width={width}
      height={bottom + AXIS}
      onZoom={onZoom}
      readout={(index) => comparisonText(lines, index) + marksNumbers(groups, times, index)}
      spoken={(index) => marksText(groups, times, index)}
    >
      {(cursor, selected) => (
        <>
          <ChartMarks
            id={id}
            x={x}
            buckets={times}
            gaps={gapsOf(unwatched)}
            imported={[]}
            top={placeOf(0)}
            bottom={bottom}
            cursor={cursor}
            selected={selected}
          />
          {charts.map((chart, index) => {
            const tone = toneScale(range, { top: placeOf(index), bottom: placeOf(index) + (isSmall ? EACH : ONE) });
            return (
              <g key={index}>
                {isSmall && (
                  <text className="scope-title" x={MARGIN.left} y={placeOf(index) - 7}>
                    {chart[0]?.name}
                  </text>
                )}
                <line className="zero" x1={MARGIN.left} x2={width - MARGIN.right} y1={tone(0)} y2={tone(0)} />
                {chart.map((line) => (
                  <Line key={line.place} line={line} x={x} tone={tone} withMarks={times.length <= 48} />
                ))}
                <ToneAxis tone={tone} />
              </g>
            );
          })}
          <MarkFlags groups={groups} x={x} buckets={times} y={FLAGS} top={FLAGS} bottom={bottom} />
          <TimeAxis x={x} top={bottom} buckets={times} width={width} />
        </>
      )}
    </ChartSlider>
  );
}

interface LineProps {
  readonly line: ComparedLine;
  readonly x: BucketScale;
  readonly tone: LinearScale;
  /** Marks at every point; otherwise only at the last one. */
  readonly withMarks: boolean;
}

function Line({ line: { place, buckets }, x, tone, withMarks }: LineProps) {
  const points = buckets.map((bucket: ChartBucket, index) => ({ value: bucket.tone, at: (x(index) ?? 0) + x.bandwidth() / 2 }));
  const last = points.findLastIndex(({ value }) => value !== null);
  return (
    <g className={`scope-${place}`}>
      <UsualBand x={x} tone={tone} buckets={buckets} />
      <LinePath className="scope-line" data={points} defined={({ value }) => value !== null} x={({ at }) => at} y={({ value }) => tone(value ?? 0)} />
      {points.map(({ value, at }, index) =>
        value !== null && (withMarks || index === last) ? <ScopeMark key={index} place={place} x={at} y={tone(value)} /> : null,
      )}
    </g>
  );
}
