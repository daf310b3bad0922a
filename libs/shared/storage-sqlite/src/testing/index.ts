export { SqliteProbe } from './sqlite-probe';
