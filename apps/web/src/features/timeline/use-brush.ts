import { useState, type KeyboardEvent, type PointerEvent } from 'react';

/** Buckets from the smaller to the larger index, both included. */
export interface Selection {
  readonly anchor: number;
  readonly head: number;
}

interface BrushOptions {
  readonly count: number;
  /** The bucket under a position in the chart, in pixels from the left end of its element. */
  readonly indexAt: (x: number) => number;
  readonly onZoom: (first: number, last: number) => void;
}

export const firstOf = ({ anchor, head }: Selection) => Math.min(anchor, head);
export const lastOf = ({ anchor, head }: Selection) => Math.max(anchor, head);

/**
 * Selects a range of buckets, by dragging or by the arrow keys with Shift, and zooms to it. Hovering or a plain arrow
 * key only moves the cursor; Escape cancels.
 */
export function useBrush({ count, indexAt, onZoom }: BrushOptions) {
  const [cursor, setCursor] = useState<number>();
  const [selection, setSelection] = useState<Selection>();
  const [dragging, setDragging] = useState(false);

  const at = (event: PointerEvent<HTMLElement>) => indexAt(event.clientX - event.currentTarget.getBoundingClientRect().left);
  const zoom = (chosen: Selection | undefined) => {
    setSelection(undefined);
    if (chosen) onZoom(firstOf(chosen), lastOf(chosen));
  };
  const clear = () => {
    setSelection(undefined);
    setDragging(false);
  };

  const pointer = {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      setDragging(true);
      setCursor(at(event));
      setSelection({ anchor: at(event), head: at(event) });
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      setCursor(at(event));
      if (dragging && selection) setSelection({ ...selection, head: at(event) });
    },
    onPointerUp: () => {
      setDragging(false);
      zoom(selection && selection.anchor !== selection.head ? selection : undefined);
    },
    onPointerCancel: clear,
    // A touch ends with a leave event; the readout of the touched bucket stays.
    onPointerLeave: ({ pointerType }: PointerEvent<HTMLElement>) => pointerType === 'mouse' && !dragging && !selection && setCursor(undefined),
  };

  const move = (to: number, extend: boolean) => {
    const head = Math.min(count - 1, Math.max(0, to));
    setSelection(extend ? { anchor: selection?.anchor ?? cursor ?? head, head } : undefined);
    setCursor(head);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const here = cursor ?? count;
    const targets: Record<string, number> = { ArrowLeft: here - 1, ArrowRight: cursor === undefined ? 0 : here + 1, Home: 0, End: count - 1 };
    const target = targets[event.key];
    if (target !== undefined) move(target, event.shiftKey);
    else if (event.key === 'Enter' && selection) zoom(selection);
    else if (event.key === 'Escape' && selection) clear();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return { cursor, selection, pointer, onKeyDown, onBlur: () => !dragging && setCursor(undefined) };
}
