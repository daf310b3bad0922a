export { MemoryAccessKeys } from './memory-access-keys';
export { MemorySessionStore } from './memory-session-store';
