import { coldStart, createTelemetry } from '@barometer/aws';
import { composeAnalysis } from './composition-root';
import { readSettings } from './config';
import { createHandler } from './handler';
import { loadModel } from './load-model';
import { tokens } from './tokens';

/** What Lambda calls. */
export const handler = coldStart('analysis', (warn) => {
  const settings = readSettings(process.env, warn);
  const telemetry = createTelemetry('analysis', settings.environment);
  const container = composeAnalysis({ settings, telemetry });
  void loadModel(container.get(tokens.classifier), telemetry);
  return createHandler({
    scoreDeliveries: container.get(tokens.scoreDeliveries),
    scoreTexts: container.get(tokens.scoreTexts),
    deadLetters: container.get(tokens.deadLetters),
    telemetry,
  });
});
