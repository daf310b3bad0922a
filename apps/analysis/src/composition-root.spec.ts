import { RecordingTelemetry } from '@barometer/aws/testing';
import { composeAnalysis } from './composition-root';
import { memoryBindings } from './testing/memory-bindings';
import { testSettings } from './testing/settings';
import { tokens } from './tokens';

describe.each([
  ['AWS', undefined],
  ['memory', memoryBindings()],
] as const)('composed on %s', (_name, bind) => {
  it.each(Object.entries(tokens))('gives %s', (_token, token) => {
    const container = composeAnalysis({ settings: testSettings(), telemetry: new RecordingTelemetry() }, bind);
    const part: unknown = container.get<unknown>(token);
    expect(part).toBeDefined();
    expect(container.get<unknown>(token)).toBe(part);
  });
});
