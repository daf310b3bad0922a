import { Logger } from '@aws-lambda-powertools/logger';
import { SettingsError } from '@barometer/kernel';
import type { ServiceName } from './metric-catalogue';

/**
 * Makes a function ready for its first event. A setting that cannot be used is one line in the log, and the end of the
 * process: thrown, the runtime would write it with a stack and Node once more, in eight lines. Lambda counts the end of
 * the process as a failed start; whoever invoked the function learns no more than that.
 *
 * @example
 * export const handler = coldStart('ingestion', () => createHandler(composed(readSettings(process.env))));
 */
export function coldStart<T>(service: ServiceName, start: () => T, exit: (code: number) => never = process.exit): T {
  try {
    return start();
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    new Logger({ serviceName: service }).error(error.message);
    return exit(1);
  }
}
