import { AxisLeft } from '@visx/axis';
import { scaleLinear } from '@visx/scale';
import { useId, useMemo } from 'react';
import { formatCount } from '../../format/numbers';
import { t } from '../../i18n/translate';
import { bucketText, gapsOf, importedOf, toneRange, type ChartBucket } from './chart-data';
import { ChartMarks } from './chart-marks';
import { ChartSlider } from './chart-slider';
import { MarkFlags } from './mark-flags';
import { marksNumbers, marksText, type MarkGroup } from './mark-groups';
import { bucketScale, MARGIN, TimeAxis, ToneAxis, toneScale, type LinearScale } from './chart-scales';
import { ToneLine } from './tone-line';
import { UsualBand } from './usual-band';
import { VolumeBars } from './volume-bars';

/** The tone strip at the top, the bars below, the axis at the foot. */
const TONE = { top: 8, bottom: 88 };
const BARS = { top: 116, bottom: 244 };
/** The numbers of the marks are between the two. */
const FLAGS = 100;
const HEIGHT = 270;

interface TimelineChartProps {
  readonly buckets: readonly ChartBucket[];
  readonly groups: readonly MarkGroup[];
  readonly width: number;
  readonly onZoom: (from: number, to: number) => void;
}

export function TimelineChart({ buckets, groups, width, onZoom }: TimelineChartProps) {
  const id = useId();
  const x = useMemo(() => bucketScale(buckets, width), [buckets, width]);
  const tone = useMemo(() => toneScale(toneRange(buckets), TONE), [buckets]);
  const volume = useMemo(() => volumeScale(buckets), [buckets]);
  return (
    <ChartSlider
      label={t('timeline.chart')}
      buckets={buckets}
      scale={x}
      width={width}
      height={HEIGHT}
      onZoom={onZoom}
      readout={(index) => (buckets[index] ? bucketText(buckets[index]) + marksNumbers(groups, buckets, index) : '')}
      spoken={(index) => marksText(groups, buckets, index)}
    >
      {(cursor, selected) => (
        <>
          <ChartMarks
            id={id}
            x={x}
            buckets={buckets}
            gaps={gapsOf(buckets)}
            imported={importedOf(buckets)}
            top={TONE.top}
            bottom={BARS.bottom}
            cursor={cursor}
            selected={selected}
          />
          <UsualBand x={x} tone={tone} buckets={buckets} />
          <ToneLine id={id} x={x} tone={tone} buckets={buckets} />
          <VolumeBars x={x} volume={volume} buckets={buckets} />
          <ToneAxis tone={tone} />
          <MarkFlags groups={groups} x={x} buckets={buckets} y={FLAGS} top={TONE.top} bottom={BARS.bottom} />
          <AxisLeft
            scale={volume}
            left={MARGIN.left}
            numTicks={3}
            tickFormat={(value) => formatCount(Number(value))}
            hideAxisLine
            hideTicks
            tickLabelProps={{ className: 'tick', dx: -2, dy: 4, textAnchor: 'end' }}
          />
          <TimeAxis x={x} top={BARS.bottom} buckets={buckets} width={width} />
        </>
      )}
    </ChartSlider>
  );
}

function volumeScale(buckets: readonly ChartBucket[]): LinearScale {
  const most = Math.max(4, ...buckets.map(({ volume }) => volume));
  return scaleLinear<number>({ domain: [0, most], range: [BARS.bottom, BARS.top], nice: 3 });
}
