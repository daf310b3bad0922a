import type { Telemetry } from '@barometer/aws';
import type { CheckedClassifier } from './tokens';

/**
 * Loads the model in the cold start, beside the first event. A model that cannot be used ends the process with one
 * clear line: without it every delivery would only count against the articles. Its files are checked before this returns
 * its promise, so that the start itself fails where one is not as it should be.
 */
export async function loadModel(classifier: Pick<CheckedClassifier, 'verify' | 'ready'>, telemetry: Telemetry<'analysis'>, exit: (code: number) => void = process.exit): Promise<void> {
  const start = performance.now();
  try {
    classifier.verify();
    await classifier.ready();
    telemetry.record({ ModelLoadTime: Math.round(performance.now() - start) });
  } catch (error) {
    telemetry.error(error instanceof Error ? error.message : String(error));
    exit(1);
  }
}
