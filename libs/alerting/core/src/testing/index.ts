export { FakeSender, killedAt } from './doubles';
export { alertStoreContract } from './alert-store.contract';
export { digestStoreContract } from './digest-store.contract';
export { channel, digest, edition, episode, form, NOON, NOON_HOUR, rule } from './samples';
export { FakeDigestNews, periodNews } from './fake-digest-news';
export { fakeDigestStore } from './fake-digest-store';
export { FakeNews } from './fake-news';
