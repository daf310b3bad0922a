import type { Telemetry } from '@barometer/aws';
import type { SentimentClassifier } from '@barometer/sentiment';

/**
 * Loads the model in the cold start, beside the first event. A model that cannot be used ends the process with one
 * clear line: without it every delivery would only count against the articles.
 */
export async function loadModel(classifier: SentimentClassifier, telemetry: Telemetry<'analysis'>, exit: (code: number) => void = process.exit): Promise<void> {
  const start = performance.now();
  try {
    await classifier.ready();
    telemetry.record({ ModelLoadTime: Math.round(performance.now() - start) });
  } catch (error) {
    telemetry.error(error instanceof Error ? error.message : String(error));
    exit(1);
  }
}
