/** Dots of a strip: how high the strip must be, how large a dot is, and how far each lies from the middle. */
export interface StackedDots {
  readonly height: number;
  readonly radius: number;
  readonly offsets: readonly number[];
}

const LEAST_HEIGHT = 22;
/** From this height on, stacked dots move together instead. */
const MOST_HEIGHT = 64;
const LARGE = 4.5;
const SMALL = 3;
/** Neighbours on one level may overlap by this much. */
const OVERLAP = 2;
/** Levels that large dots fit on. */
const FEW = 3;

/**
 * Stacks dots that would hide each other, alternately above and below the middle, so that each can be seen and counted:
 * a dot plot (Wilkinson 1999, "Dot Plots", The American Statistician 53). Where many share a place, dots are smaller.
 * @param positions where the dots lie along the axis, ascending
 */
export function stackDots(positions: readonly number[]): StackedDots {
  const large = levelsOf(positions, LARGE);
  const radius = large.count > FEW ? SMALL : LARGE;
  const { levels, count } = large.count > FEW ? levelsOf(positions, SMALL) : large;
  const step = Math.min(large.count > FEW ? 2 * SMALL : 6, (MOST_HEIGHT - 2 * SMALL - 2) / Math.max(1, count - 1));
  // Level 1 is above the middle, 2 below, 3 above both: level n is ceil(n / 2) steps away.
  const offsets = levels.map((level) => (level % 2 === 1 ? -1 : 1) * Math.ceil(level / 2) * step);
  const farthest = Math.ceil((count - 1) / 2) * step;
  return { height: Math.max(LEAST_HEIGHT, Math.ceil(2 * (farthest + radius) + 2)), radius, offsets };
}

/** The lowest level for each dot on which it hides no other. */
function levelsOf(positions: readonly number[], radius: number): { levels: number[]; count: number } {
  const last: number[] = [];
  const levels = positions.map((place) => {
    const free = last.findIndex((other) => place - other >= 2 * radius - OVERLAP);
    const level = free < 0 ? last.length : free;
    last[level] = place;
    return level;
  });
  return { levels, count: Math.max(1, last.length) };
}
