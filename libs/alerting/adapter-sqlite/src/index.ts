export { SqliteAlertStore } from './sqlite-alert-store';
export { SqliteDigestStore } from './sqlite-digest-store';
