export { SqliteProbe } from './sqlite-probe';
export { migrations } from '../migrations';
