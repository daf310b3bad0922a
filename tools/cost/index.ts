export { benchmark } from './benchmarks';
export { assumptions, billOf, interpolated, type Bill, type Load } from './bill';
export { readEvidence, type Evidence, type Units } from './evidence';
export { rangeText, type Range } from './range';
