import { RecordingTelemetry } from '@barometer/aws/testing';
import { composeDashboard } from './composition-root';
import { readSettings } from './config';
import { leastEnvironment } from './testing/dashboard-under-test';
import { memoryBindings } from './testing/memory-bindings';
import { tokens } from './tokens';

describe.each([
  ['AWS', undefined],
  ['memory', memoryBindings()],
] as const)('composed on %s', (_name, bind) => {
  it.each(Object.entries(tokens))('gives %s', (_token, token) => {
    const container = composeDashboard({ settings: readSettings(leastEnvironment), telemetry: new RecordingTelemetry() }, bind);
    const part: unknown = container.get<unknown>(token);
    expect(part).toBeDefined();
    expect(container.get<unknown>(token)).toBe(part);
  });
});
