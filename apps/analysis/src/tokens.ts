import type { CanaryStore } from '@barometer/canary';
import type { Clock } from '@barometer/kernel';
import type { ScoreDeliveries, ScoreStore, ScoreTexts, SentimentClassifier } from '@barometer/sentiment';
import type { SqsDeadLetters } from '@barometer/sentiment-sqs';
import type { TransformersClassifier } from '@barometer/sentiment-transformers';
import type { ServiceIdentifier } from 'inversify';

const token = <T>(name: string) => Symbol.for(name) as ServiceIdentifier<T>;

/** A classifier that can check its files before it loads them. */
export type CheckedClassifier = SentimentClassifier & Pick<TransformersClassifier, 'verify'>;

/** Everything that the container can give, by name. */
export const tokens = {
  clock: token<Clock>('Clock'),
  classifier: token<CheckedClassifier>('SentimentClassifier'),
  scoreStore: token<ScoreStore>('ScoreStore'),
  canaryStore: token<CanaryStore>('CanaryStore'),
  deadLetters: token<Pick<SqsDeadLetters, 'put'>>('DeadLetters'),
  scoreDeliveries: token<ScoreDeliveries>('ScoreDeliveries'),
  scoreTexts: token<ScoreTexts>('ScoreTexts'),
} as const;
