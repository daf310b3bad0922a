export { Pipeline, type PipelineSystem } from './pipeline';
export type { PipelineProgress } from './pipeline-progress';
