export { ModelError } from './errors';
export { EvaluationError, evaluateFile, type FileEvaluation } from './evaluate-file';
export { fetchModel, type FetchedModel, type FetchModelOptions } from './fetch-model';
export { verifyModel, type ModelManifest, type VerifiedModel } from './model-files';
export { TransformersClassifier, type TransformersClassifierOptions } from './transformers-classifier';
