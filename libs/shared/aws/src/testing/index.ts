export { startAwsStandIn, withEnvironment, type StandInAnswer } from './aws-stand-in';
export { lambdaContext } from './lambda-context';
export { RecordingTelemetry } from './recording-telemetry';
export { answering, failing, sdkError } from './sdk-errors';
export { startSqsEmulator } from './sqs-emulator';
