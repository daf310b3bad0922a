export { readArtifact } from '../src/packaging/artifact';
export { INIT_LIMIT_MS } from './cold-start';
export { prepareFunction, type FunctionHost, type RunningFunction } from './function-host';
export { LocalParts } from './local-parts';
export { RuntimeApi } from './runtime-api';
