export { ScoringQueueError, SqsScoringQueue, type SqsScoringQueueOptions } from './sqs-scoring-queue';
