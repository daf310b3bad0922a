export { SqsDeadLetters } from './sqs-dead-letters';
export { readQueueMessage, type QueueDelivery, type QueueMessage, type RejectedMessage } from './read-queue-message';
