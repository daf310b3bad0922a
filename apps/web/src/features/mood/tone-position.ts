/**
 * Where a tone stands on an axis from 0 to 1. Most averages of many tones lie near zero, so the axis gives more width
 * to that part: a square root on each side.
 */
export const tonePosition = (tone: number): number => (Math.sign(tone) * Math.sqrt(Math.abs(tone)) + 1) / 2;
