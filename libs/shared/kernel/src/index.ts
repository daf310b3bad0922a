export { articleIdOf } from './article-id';
export { ManualClock, systemClock, type Clock } from './clock';
export { addContribution, contributionOf, RollupIncrements, type Contribution, type RollupIncrement } from './contribution';
export { isSameDigest, randomHex, sha256Hex } from './digest';
export { fromMicro, MICRO, toMicro } from './micro';
export { matchesPhrases, wordsOf, type PhraseRule } from './phrases';
export { err, ok, type Result } from './result';
export { scopeKey, scopesOf, scopesOfSource, scopesOfTopic, type TopicVersion } from './scopes';
export { DAY, dayOfHour, expiryOf, HOUR, hourOf, lastExpiredHour, MINUTE, RETENTION, SECOND } from './time';
