export { secretsFrom } from './secrets-from';
export { topicPublisher } from './topic-publisher';
