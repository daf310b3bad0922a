export { canaryStoreContract, type CanaryHarness } from './canary-store.contract';
