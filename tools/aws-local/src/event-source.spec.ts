import { readEventSource } from './event-source';

const mapping = {
  BatchSize: 32,
  MaximumBatchingWindowInSeconds: 5,
  FunctionResponseTypes: ['ReportBatchItemFailures'],
  ScalingConfig: { MaximumConcurrency: 2 },
  EventSourceArn: 'arn',
  FunctionName: 'analysis',
};
const queue = { QueueName: 'scoring', VisibilityTimeout: 365, SqsManagedSseEnabled: true, RedrivePolicy: { maxReceiveCount: 7, deadLetterTargetArn: 'arn' } };
const templates = (mappingMore = {}, queueMore = {}) => [
  { Resources: { Mapping: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { ...mapping, ...mappingMore } } } },
  {
    Resources: {
      Scoring: { Type: 'AWS::SQS::Queue', Properties: { ...queue, ...queueMore } },
      Dead: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'dead' } },
    },
  },
];

it('reads how the queue feeds the function', () => {
  expect(readEventSource(templates())).toEqual({ batchSize: 32, batchWindowSeconds: 5, concurrency: 2, visibilitySeconds: 365, maxReceiveCount: 7 });
});

it.each([
  ['a filter', { FilterCriteria: { Filters: [] } }, {}, /Mapping asks for what/],
  ['whole batches that fail', { FunctionResponseTypes: [] }, {}, /Mapping asks for what/],
  ['a delay', {}, { DelaySeconds: 5 }, /Scoring asks for what/],
  ['a FIFO queue', {}, { FifoQueue: true }, /Scoring asks for what/],
])('refuses %s, which the poller does not implement', (_what, mappingMore, queueMore, message) => {
  expect(() => readEventSource(templates(mappingMore, queueMore))).toThrow(message);
});

it('refuses templates without a mapping', () => {
  expect(() => readEventSource([])).toThrow('The templates have 0 resources AWS::Lambda::EventSourceMapping');
});
