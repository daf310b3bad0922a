import type { ReactNode } from 'react';
import { bucketTime, type ChartBucket } from './chart-data';
import { MARGIN, type BucketScale } from './chart-scales';
import { firstOf, lastOf, useBrush } from './use-brush';

interface ChartSliderProps {
  /** What the chart is, as a sentence. */
  readonly label: string;
  readonly buckets: readonly ChartBucket[];
  readonly scale: BucketScale;
  readonly width: number;
  readonly height: number;
  readonly onZoom: (from: number, to: number) => void;
  /** What is told of a bucket, by its index. */
  readonly readout: (index: number) => string;
  /** The drawing, by the bucket under the cursor and the first and last one selected. */
  readonly children: (cursor: number | undefined, selected: readonly [number, number] | undefined) => ReactNode;
}

/** A chart over time that can be walked by keys or pointer, with a line that tells what is there, and zoomed. */
export function ChartSlider({ label, buckets, scale, width, height, onZoom, readout, children }: ChartSliderProps) {
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
        aria-label={`${label} Arrow keys walk it, with Shift they select, Enter zooms to the selection`}
        aria-valuemin={0}
        aria-valuemax={buckets.length - 1}
        aria-valuenow={brush.cursor ?? buckets.length - 1}
        aria-valuetext={current ? `${bucketTime(current)}: ${text}` : 'no hour chosen'}
        onKeyDown={brush.onKeyDown}
        onBlur={brush.onBlur}
        {...brush.pointer}
      >
        <svg width={width} height={height} aria-hidden="true">
          {children(brush.cursor, chosen && [firstOf(chosen), lastOf(chosen)])}
        </svg>
      </div>
      <p className="readout number" aria-hidden="true">
        {current ? <><b>{bucketTime(current)}</b> {text}</> : <span className="muted">Drag over the chart to zoom; everything below follows.</span>}
      </p>
    </>
  );
}
