export { buildApi } from './build-api';
export type {
  ApiConfig, ApiDependencies, Executes, Part, PipelineProgress, ReadModels, Readiness, SentimentUseCases, SourceUseCases, TopicUseCases,
} from './dependencies';
export { isLoopbackHost } from './access/loopback';
export { defaultLiveLimits, type LiveLimits } from './live/live-hub';
export { BASE_PATH_RULE, isBasePath } from './base-path';
