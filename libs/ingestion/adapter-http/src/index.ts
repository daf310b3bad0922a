export { HttpFeedFetcher, type HttpFeedFetcherOptions } from './fetch/http-feed-fetcher';
export { ArticleFileError, readArticleRows, type ArticleFormat, type ReadRow } from './articles/read-article-rows';
export { detectLanguage } from './language/detect-language';
export { readOpml } from './opml/read-opml';
export { writeOpml } from './opml/write-opml';
export { findFeedLinks } from './read/feed-links';
export { FeedsmithFeedReader } from './read/feedsmith-feed-reader';
export { writeFeed } from './write/write-feed';
