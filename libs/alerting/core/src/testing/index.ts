export { alertStoreContract } from './alert-store.contract';
export { channel, episode, form, NOON, NOON_HOUR, rule } from './samples';
export { FakeNews } from './fake-news';
