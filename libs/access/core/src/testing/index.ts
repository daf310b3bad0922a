export { accessKeysContract } from './access-keys.contract';
export { sessionStoreContract } from './session-store.contract';
