export { SqliteAccessKeys } from './sqlite-access-keys';
export { SqliteSessionStore } from './sqlite-session-store';
