// npm run judged:tones -- FILE: the model's mean probabilities and tone for headlines, by the label that people gave.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { labels } from '@barometer/events';
import { judgedSentiment } from '@barometer/sentiment';
import { TransformersClassifier } from '../src/transformers-classifier';
import { MODEL, ROOT, THREADS } from './measuring';

export async function main(): Promise<void> {
  const file = process.argv[3] ?? join(ROOT, '../shared/data/sentiment/eval.news-tone.dev.jsonl');
  const rows = readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { text: string; label: string });
  const classifier = new TransformersClassifier({ modelDirectory: MODEL, threads: THREADS });
  await classifier.ready();
  const sentiments = await classifier.classify(rows.map(({ text }) => text));
  const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  console.log(`${rows.length} rows of ${file}, model revision ${classifier.model.revision}`);
  for (const label of labels) {
    const those = sentiments.filter((_, index) => rows[index]?.label === label);
    const scores = labels.map((one) => `${one} ${meanOf(those.map((sentiment) => sentiment.scores[one])).toFixed(3)}`);
    const tones = those.map(({ tone }) => tone);
    const error = Math.sqrt(meanOf(tones.map((tone) => (tone - meanOf(tones)) ** 2)) / tones.length);
    console.log(
      `  people said ${label.padEnd(8)} ${String(those.length).padStart(4)} rows: ${scores.join(', ')}; tone ${meanOf(tones).toFixed(3)} ± ${error.toFixed(3)}; a judgement counts ${judgedSentiment(label, classifier.model).tone}`,
    );
  }
  const counted = rows.flatMap(({ label }) => labels.filter((one) => one === label).map((one) => judgedSentiment(one, classifier.model).tone));
  console.log(`  mean tone of all: the model ${meanOf(sentiments.map(({ tone }) => tone)).toFixed(3)}, all of them judged ${meanOf(counted).toFixed(3)}`);
  await classifier.close();
}
