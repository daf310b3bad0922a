import type { Telemetry } from '@barometer/aws';
import type { CheckedClassifier } from './tokens';

/**
 * Loads the model during the cold start, while the first event is handled. A model that cannot be used ends the process
 * with one clear line: otherwise every delivery would count as a failed attempt of its articles. The files are checked
 * before this returns its promise, so that the start itself fails if one of them is corrupt.
 */
export async function loadModel(
  classifier: Pick<CheckedClassifier, 'verify' | 'ready'>,
  telemetry: Telemetry<'analysis'>,
  exit: (code: number) => void = process.exit,
): Promise<void> {
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
