export { isPublicAddress, type AddressPolicy } from './fetch/address-policy';
export { HttpFeedFetcher, type HttpFeedFetcherOptions } from './fetch/http-feed-fetcher';
export { FeedsmithFeedReader } from './read/feedsmith-feed-reader';
