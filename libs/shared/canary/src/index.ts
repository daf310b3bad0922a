export {
  CANARY_AGAIN,
  CANARY_EVERY,
  CANARY_LATE,
  canaryIdOf,
  canarySentences,
  canaryStatus,
  endedCanary,
  isCanary,
  isCanaryAwaited,
  isCanaryDue,
  nextSentence,
  type Canary,
  type CanaryAnswer,
  type CanaryOutcome,
  type CanaryRecord,
  type CanaryStatus,
} from './canary';
export type { CanaryStore } from './canary-store.port';
export { canaryWords } from './canary-words';
