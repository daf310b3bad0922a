import { RecordingTelemetry } from '@barometer/aws/testing';
import { KeywordClassifier } from '@barometer/sentiment-memory';
import { loadModel } from './load-model';

it('tells how long the model took', async () => {
  const telemetry = new RecordingTelemetry<'analysis'>();
  await loadModel(new KeywordClassifier(), telemetry, () => undefined);
  expect(telemetry.metrics['ModelLoadTime']).toBeGreaterThanOrEqual(0);
});

it('ends a cold start whose model cannot be used, with one clear line', async () => {
  const telemetry = new RecordingTelemetry<'analysis'>();
  const classifier = new KeywordClassifier();
  classifier.ready = () => Promise.reject(new Error('The model in /var/task/model cannot be used: onnx/model.onnx has another SHA-256.'));
  const codes: number[] = [];
  await loadModel(classifier, telemetry, (code) => codes.push(code));
  expect(codes).toEqual([1]);
  expect(telemetry.lines).toEqual(['error: The model in /var/task/model cannot be used: onnx/model.onnx has another SHA-256.']);
});
