export { isPublicAddress, type AddressPolicy } from './address-policy';
export { checkedLookup, type ResolveName } from './checked-lookup';
export { GuardedPost, type GuardedPostOptions, type PostAnswer } from './guarded-post';
