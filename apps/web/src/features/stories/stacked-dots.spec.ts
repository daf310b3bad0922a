import { stackDots } from './stacked-dots';

const distance = (one: readonly [number, number], other: readonly [number, number]) => Math.hypot(one[0] - other[0], one[1] - other[1]);

describe('dots of a strip', () => {
  it('lie on the middle where they do not touch', () => {
    expect(stackDots([10, 40, 90])).toEqual({ height: 22, radius: 4.5, offsets: [0, 0, 0] });
  });

  it('are nothing without publishers', () => {
    expect(stackDots([])).toEqual({ height: 22, radius: 4.5, offsets: [] });
  });

  it.each([2, 3, 4, 10, 17])('are all in different places if %i have the same tone, and stay in the strip', (count) => {
    const { height, radius, offsets } = stackDots(Array.from({ length: count }, () => 50));
    expect(new Set(offsets).size).toBe(count);
    for (const offset of offsets) expect(Math.abs(offset) + radius).toBeLessThanOrEqual(height / 2);
    expect(height).toBeLessThanOrEqual(74);
  });

  it('hide less than half of each other, as long as ten share a place', () => {
    const positions = [20, 20, 20, 21, 22, 22, 24, 25, 25, 26, 60, 60, 61, 90];
    const { radius, offsets } = stackDots(positions);
    const dots = positions.map((place, index) => [place, offsets[index] ?? 0] as const);
    for (const [index, one] of dots.entries()) {
      for (const other of dots.slice(index + 1)) expect(distance(one, other)).toBeGreaterThanOrEqual(radius);
    }
  });
});
