/** Tones are added up as whole millionths, so that a sum does not depend on its order. */
export const MICRO = 1_000_000;

/** A number as whole millionths. */
export const toMicro = (value: number): number => Math.round(value * MICRO);

export const fromMicro = (value: number): number => value / MICRO;
