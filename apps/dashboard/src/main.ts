import { coldStart, createTelemetry } from '@barometer/aws';
// eslint-disable-next-line @nx/enforce-module-boundaries -- the one place that says which version this is
import { version } from '../../../package.json';
import { apiDependencies } from './api-dependencies';
import { composeDashboard } from './composition-root';
import { readSettings } from './config';
import { createHandler } from './handler';

/** What Lambda calls. */
export const handler = coldStart('dashboard', (warn) => {
  const settings = readSettings(process.env, warn);
  const telemetry = createTelemetry('dashboard', settings.environment);
  const container = composeDashboard({ settings, telemetry });
  return createHandler(apiDependencies(container, { settings, telemetry, version }), telemetry, settings);
});
