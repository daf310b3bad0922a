export { DynamoDbScoreStore } from './dynamodb-score-store';
