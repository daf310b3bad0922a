export { RecordingTelemetry } from './recording-telemetry';
export { answering, failing, sdkError } from './sdk-errors';
