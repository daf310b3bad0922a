import { RecordingTelemetry } from '@barometer/aws/testing';
import { loadModel } from './load-model';

const model = { verify: () => undefined as void, ready: async () => undefined };
const spoilt = () => {
  throw new Error('The model in /var/task/model cannot be used: onnx/model.onnx has another SHA-256.');
};

it('reports how long the model took to load', async () => {
  const telemetry = new RecordingTelemetry<'analysis'>();
  await loadModel(model, telemetry, () => undefined);
  expect(telemetry.metrics['ModelLoadTime']).toBeGreaterThanOrEqual(0);
});

it.each([
  ['has spoilt files', { ...model, verify: spoilt }],
  ['cannot be loaded', { ...model, ready: async () => spoilt() }],
])('ends a cold start whose model %s, with one clear line', async (_what, classifier) => {
  const telemetry = new RecordingTelemetry<'analysis'>();
  const codes: number[] = [];
  await loadModel(classifier, telemetry, (code) => codes.push(code));
  expect(codes).toEqual([1]);
  expect(telemetry.lines).toEqual(['error: The model in /var/task/model cannot be used: onnx/model.onnx has another SHA-256.']);
});

it('ends the cold start before anything else is done if the files are corrupt, so that the start fails', () => {
  const codes: number[] = [];
  void loadModel({ ...model, verify: spoilt }, new RecordingTelemetry(), (code) => codes.push(code));
  expect(codes).toEqual([1]);
});
