/** Where a tone stands on an axis from 0 to 1. Most tones of many lie near zero: the axis spends its width there, by a square root on either side. */
export const tonePosition = (tone: number): number => (Math.sign(tone) * Math.sqrt(Math.abs(tone)) + 1) / 2;
