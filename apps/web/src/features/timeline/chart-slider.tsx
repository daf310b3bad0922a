import type { ReactNode } from 'react';
import { t } from '../../i18n/translate';
import { bucketTime, type ChartBucket } from './chart-data';
import { MARGIN, type BucketScale } from './chart-scales';
import { firstOf, lastOf, useBrush } from './use-brush';

interface ChartSliderProps {
  /** What the chart shows and which keys move in it, in sentences. */
  readonly label: string;
  readonly buckets: readonly ChartBucket[];
  readonly scale: BucketScale;
  readonly width: number;
  readonly height: number;
  readonly onZoom: (from: number, to: number) => void;
  /** The visible text about a bucket, by its index. */
  readonly readout: (index: number) => string;
  /** What screen readers hear in addition. */
  readonly spoken: (index: number) => string;
  /** The drawing, given the bucket under the cursor and the first and last one selected. */
  readonly children: (cursor: number | undefined, selected: readonly [number, number] | undefined) => ReactNode;
}

/** A chart over time to move through by keys or pointer, with a line of text about the present bucket, and to zoom. */
export function ChartSlider({ label, buckets, scale, width, height, onZoom, readout, spoken, children }: ChartSliderProps) {
  const indexAt = (position: number) => Math.min(buckets.length - 1, Math.max(0, Math.floor((position - MARGIN.left) / scale.step())));
  const zoomTo = (first: number, last: number) => {
    const [start, end] = [buckets[first], buckets[last]];
    if (start && end) onZoom(start.from, end.to);
  };
  const brush = useBrush({ count: buckets.length, indexAt, onZoom: zoomTo });
  const current = brush.cursor === undefined ? undefined : buckets[brush.cursor];
  const text = brush.cursor !== undefined && current ? readout(brush.cursor) : '';
  const chosen = brush.selection && brush.selection.anchor !== brush.selection.head ? brush.selection : undefined;
  return (
    <>
      <div
        className="chart"
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={buckets.length - 1}
        aria-valuenow={brush.cursor ?? buckets.length - 1}
        aria-valuetext={current ? `${bucketTime(current)}: ${text}${spoken(brush.cursor ?? 0)}` : t('timeline.noHour')}
        onKeyDown={brush.onKeyDown}
        onBlur={brush.onBlur}
        {...brush.pointer}
      >
        <svg width={width} height={height} aria-hidden="true">
          {children(brush.cursor, chosen && [firstOf(chosen), lastOf(chosen)])}
        </svg>
      </div>
      <p className="readout number" aria-hidden="true">
        {current ? (
          <>
            <b>{bucketTime(current)}</b> {text}
          </>
        ) : (
          <span className="muted">{t('timeline.drag')}</span>
        )}
      </p>
    </>
  );
}
