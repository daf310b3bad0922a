export { MemoryProbe } from './memory-probe';
