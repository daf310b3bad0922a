export { ModelError } from './errors';
export { verifyModel, type ModelManifest, type VerifiedModel } from './model-files';
export { TransformersClassifier, type TransformersClassifierOptions } from './transformers-classifier';
