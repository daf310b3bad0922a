import { Logger } from '@aws-lambda-powertools/logger';
import { SettingsError, type WarnOfSetting } from '@barometer/kernel';
import type { ServiceName } from './metric-catalogue';

/**
 * Prepares a function for its first event. For an invalid setting it writes one line to the log and ends the process: if
 * the error were thrown, the runtime would write it with a stack and Node once more, in eight lines. Lambda counts the
 * end of the process as a failed start; the invoker sees no more than that. A warning of `start` is one line as well.
 *
 * @example
 * export const handler = coldStart('ingestion', (warn) => createHandler(composed(readSettings(process.env, warn))));
 */
export function coldStart<T>(service: ServiceName, start: (warn: WarnOfSetting) => T, exit: (code: number) => never = process.exit): T {
  try {
    return start((sentence) => new Logger({ serviceName: service }).warn(sentence));
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    new Logger({ serviceName: service }).error(error.message);
    return exit(1);
  }
}
