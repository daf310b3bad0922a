export { MemoryAlertStore } from './memory-alert-store';
export { MemoryDigestStore } from './memory-digest-store';
