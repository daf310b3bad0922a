export { buildApi } from './build-api';
export type {
  ApiConfig,
  ApiDependencies,
  Executes,
  Part,
  PipelineProgress,
  ReadModels,
  Readiness,
  SentimentUseCases,
  SignInUseCases,
  SourceUseCases,
  TopicUseCases,
} from './dependencies';
export { isLoopbackHost } from './access/loopback';
export { signInUseCases } from './access/sign-in-use-cases';
export { defaultLiveLimits, type LiveLimits } from './live/live-hub';
export { BASE_PATH_RULE, isBasePath } from './base-path';
