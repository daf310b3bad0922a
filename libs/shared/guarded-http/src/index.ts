export { isPublicAddress, type AddressPolicy } from './address-policy';
export { checkedLookup, type ResolveName } from './checked-lookup';
export { guardedFetch, UnansweredError } from './guarded-fetch';
export { GuardedPost, type GuardedPostOptions, type PostAnswer } from './guarded-post';
