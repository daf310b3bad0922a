export { articleIdOf } from './article-id';
export { ManualClock, systemClock, type Clock } from './clock';
export { addContribution, contributionOf, RollupIncrements, type Contribution, type RollupIncrement } from './contribution';
export { counted, pluralOf } from './counted';
export { isSameDigest, randomHex, sha256Hex } from './digest';
export { escapeHtml } from './escape-html';
export {
  distinctGroups,
  groupKey,
  groupName,
  groupOfFolders,
  groupsOf,
  isInGroup,
  LONGEST_GROUP,
  LONGEST_GROUP_LEVEL,
  membersOf,
  MOST_GROUPS,
  type Grouped,
} from './groups';
export { hasHiddenCharacters, HIDDEN_CHARACTERS_RULE, withoutHiddenCharacters } from './hidden-characters';
export { fromMicro, MICRO, toMicro } from './micro';
export { foldedWordsOf, matchesPhrases, wordsOf, type PhraseRule } from './phrases';
export { err, ok, type Result } from './result';
export { scopeKey, scopesOf, storyScope, type TopicVersion } from './scopes';
export { flag, listOf, origins, readEnvironment, SettingsError, text, userAgent, whole, withoutStack, type Environment, type WarnOfSetting } from './settings';
export { MOST_RETENTION_DAYS, retentionOf, retentionSettings } from './retention-settings';
export { StoreError } from './store-error';
export {
  DAY,
  dayOfHour,
  expiryBound,
  expiryOf,
  HOUR,
  hourOf,
  isKept,
  lastExpiredHour,
  MINUTE,
  RETENTION,
  SECOND,
  STANDARD_RETENTION,
  type Moment,
  type Retention,
} from './time';
export { isUserAgent, USER_AGENT_RULE } from './user-agent';
