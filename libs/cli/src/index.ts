export { CommandError, type CliContext, type CopiedStore, type CopyOptions, type FileEvaluation, type Finding, type OnProgress, type RunningServer, type System } from './context';
export { Pipeline, type PipelineProgress } from './pipeline/pipeline';
export { runCommandLine } from './program';
