export { evaluatePairs, isOneStory, RELATIONS, type PairEvaluation, type PairSide, type Relation, type StoryPair } from './evaluate-pairs';
export { headlineOf, type Headline, type Term } from './headline';
export { EVIDENCE, evidenceOf, likenessOf, STORY_WINDOW, type Evidence } from './likeness';
export { RecentStories, type StoredArticle } from './recent-stories';
export type { Manner } from './manner';
export { rarityClassOf, readRarity, wordRarity, type RarityTable, type WordRarity } from './word-rarity';
export { chooseStory, keysOf, MOST_CANDIDATES, MOST_MEMBERS, mostTypical, representativesOf, type StoryCandidate, type StoryMember } from './choose-story';
export { mostPromising, MOST_STORIES_OF_WORD, StoryIndex, type FoundStory } from './story-index';
