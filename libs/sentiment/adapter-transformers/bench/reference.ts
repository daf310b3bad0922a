// npm run reference -- [FOLDER]: the usual tones that ship with the product, from real headlines scored by the shipped model.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TransformersClassifier } from '../src/transformers-classifier';
import { MODEL, ROOT } from './measuring';
import { referenceOf, type ScoredHeadline } from './reference-figures';

const FILE = 'unlabelled.headlines.jsonl';
const TARGET = join(ROOT, 'libs/reporting/core/src/domain/usual-reference.json');
const AT_ONCE = 256;
const LEAST_PUBLISHERS = 10;
const LEAST_DAYS = 28;

interface Row {
  readonly text: string;
  readonly publisher?: string;
  readonly date?: string;
}

export async function main(): Promise<void> {
  const folder = process.argv[3] ?? join(ROOT, '../shared/data/sentiment');
  const bytes = readFileSync(join(folder, FILE));
  const rows = bytes
    .toString('utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Row);
  const classifier = new TransformersClassifier({ modelDirectory: MODEL });
  await classifier.ready();
  const scored: ScoredHeadline[] = [];
  for (let start = 0; start < rows.length; start += AT_ONCE) {
    const part = rows.slice(start, start + AT_ONCE);
    const sentiments = await classifier.classify(part.map(({ text }) => text));
    part.forEach(({ publisher, date }, index) => scored.push({ ...(publisher && { publisher }), ...(date && { date }), tone: sentiments[index]?.tone ?? 0 }));
    if (start % (AT_ONCE * 40) === 0) console.log(`${scored.length.toLocaleString('en')} of ${rows.length.toLocaleString('en')} headlines`);
  }
  const { id, revision } = classifier.model;
  await classifier.close();
  const { dates, ...figures } = referenceOf(scored);
  if (figures.publishers.length < LEAST_PUBLISHERS || figures.days < LEAST_DAYS)
    throw new Error(`Too few headlines: ${figures.publishers.length} publishers and ${figures.days} days say nothing of what is usual. Nothing was written.`);
  const provenance = {
    file: FILE,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    rows: rows.length,
    ...dates,
    madeOn: new Date().toISOString().slice(0, 10),
  };
  writeFileSync(TARGET, `${JSON.stringify({ provenance, model: { id, revision }, ...figures }, undefined, 1)}\n`);
  console.log(`${figures.publishers.length} publishers, ${figures.days} days, overall ${figures.overall.mean} written to ${TARGET.slice(ROOT.length + 1)}`);
}
