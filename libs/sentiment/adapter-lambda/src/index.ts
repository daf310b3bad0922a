export { AnalysisError, type AnalysisErrorCode } from './analysis-error';
export { analyzeAnswerSchema, analyzeEventSchema, type AnalyzeAnswer, type AnalyzeEvent } from './analyze-messages';
export { LambdaClassifier, type LambdaClassifierOptions } from './lambda-classifier';
export { followPackaging } from './follow-packaging';
