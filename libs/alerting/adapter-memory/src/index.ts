export { MemoryAlertStore } from './memory-alert-store';
