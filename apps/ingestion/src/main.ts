import { coldStart, createTelemetry } from '@barometer/aws';
import { composeIngestion } from './composition-root';
import { readSettings } from './config';
import { createHandler } from './handler';
import { tokens } from './tokens';

/** What Lambda calls. */
export const handler = coldStart('ingestion', (warn) => {
  const settings = readSettings(process.env, warn);
  const telemetry = createTelemetry('ingestion', settings.environment);
  const container = composeIngestion({ settings, telemetry });
  return createHandler({
    tick: container.get(tokens.runTick),
    alerts: container.get(tokens.runAlerts),
    reports: container.get(tokens.reportStore),
    clock: container.get(tokens.clock),
    telemetry,
    pollConcurrency: settings.pollConcurrency,
    overdueMs: settings.overdueMs,
  });
});
