const tableIndex = ['TableName', 'GlobalSecondaryIndexName'];

/** The metrics of AWS that alarms use, each with every set of dimensions under which AWS writes it; from the documentation of each service. */
export const awsMetrics: Readonly<Record<string, Readonly<Record<string, readonly (readonly string[])[]>>>> = {
  // docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
  'AWS/Lambda': { Invocations: [['FunctionName']], Errors: [['FunctionName']], Throttles: [['FunctionName']], Duration: [['FunctionName']] },
  // docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
  'AWS/SQS': { ApproximateAgeOfOldestMessage: [['QueueName']], ApproximateNumberOfMessagesVisible: [['QueueName']] },
  // docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html
  'AWS/DynamoDB': { ReadThrottleEvents: [['TableName'], tableIndex], WriteThrottleEvents: [['TableName'], tableIndex] },
};
