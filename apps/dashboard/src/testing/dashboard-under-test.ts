import { AddAccessKey, type AccessRole } from '@barometer/access';
import { lambdaContext, RecordingTelemetry } from '@barometer/aws/testing';
import type { ApiDependencies } from '@barometer/http-api';
import { apiDependencies } from '../api-dependencies';
import { composeDashboard } from '../composition-root';
import type { BindOutside } from '../foundation';
import { readSettings } from '../config';
import { createHandler } from '../handler';
import { tokens } from '../tokens';
import { urlRequest, type UrlResponse } from './function-url';

/** The required settings alone. */
export const leastEnvironment = { TABLE_NAME: 'news', ANALYSIS_FUNCTION: 'barometer-test-analysis' };

/** The whole function, on the outside world that `bind` provides. */
export function dashboardUnderTest(
  bind?: BindOutside,
  { environment = {}, change = (deps) => deps }: { environment?: Record<string, string>; change?: (deps: ApiDependencies) => ApiDependencies } = {},
) {
  const telemetry = new RecordingTelemetry<'dashboard'>();
  const settings = readSettings({ ...leastEnvironment, ...environment });
  const container = composeDashboard({ settings, telemetry }, bind);
  const handler = createHandler(change(apiDependencies(container, { settings, telemetry, version: '1.2.3' })), telemetry, settings);
  const send = async (event: unknown) => (await handler(event, lambdaContext('dashboard'))) as UrlResponse;
  return {
    container,
    telemetry,
    send,
    ask: (method: string, path: string, options?: Parameters<typeof urlRequest>[2]) => send(urlRequest(method, path, options)),
    addKey: async (role: AccessRole) => {
      const { key } = await new AddAccessKey({ keys: container.get(tokens.accessKeys), clock: container.get(tokens.clock) }).execute({ name: role, role });
      return { authorization: `Bearer ${key}` };
    },
  };
}
