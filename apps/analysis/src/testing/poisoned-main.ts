import { createTelemetry } from '@barometer/aws';
import { KeywordClassifier } from '@barometer/sentiment-memory';
import { composeAnalysis } from '../composition-root';
import { readSettings } from '../config';
import { createHandler } from '../handler';
import { tokens } from '../tokens';

// The analysis function over the real stores with a model that some texts are poison to: an entry for the test of the
// whole pipeline, never part of what is deployed.
const telemetry = createTelemetry('analysis', 'test');
const container = composeAnalysis({ settings: readSettings(process.env), telemetry });
const classifier = container.get(tokens.classifier);
const keywords = new KeywordClassifier();
const isCured = process.env['CURED'] === '1';

classifier.ready = () => keywords.ready();
classifier.classify = async (texts) => {
  // Slow enough that a process can be killed in the middle of its work.
  await new Promise((resolve) => setTimeout(resolve, 20));
  if (!isCured && texts.some((text) => text.includes('unbearable'))) throw new Error('The model cannot bear this text.');
  if (!isCured && texts.some((text) => text.includes('lethal'))) process.kill(process.pid, 'SIGKILL');
  return keywords.classify(texts);
};

export const handler = createHandler({
  scoreDeliveries: container.get(tokens.scoreDeliveries), scoreTexts: container.get(tokens.scoreTexts), deadLetters: container.get(tokens.deadLetters), telemetry,
});
