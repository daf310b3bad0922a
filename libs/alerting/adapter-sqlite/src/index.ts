export { SqliteAlertStore } from './sqlite-alert-store';
