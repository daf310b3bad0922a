import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { billOf } from './bill';
import { priceOf, readEvidence } from './evidence';
import { DOCUMENT } from './main';
import { documentOf } from './report';

const root = join(__dirname, '..', '..');
const evidence = readEvidence(root);

it('counts what production is made of', () => {
  const { alarmMetrics, customMetrics, secrets } = evidence.counts;
  // Eighteen alarms, of which those for throttles watch the table and its indexes; the key of NewsAPI.org and the secrets of alert channels.
  expect([alarmMetrics, customMetrics, secrets]).toEqual([24, 22, 2]);
});

it('has every price in every region', () => {
  for (const name of Object.keys(evidence.prices.prices)) for (const region of evidence.prices.regions) expect([name, region, priceOf(evidence.prices, name, region) > 0]).toEqual([name, region, true]);
});

it('makes a bill that is no nonsense', () => {
  const { total } = billOf({ articles: 1_000_000, sources: 300, readers: 10, region: 'us-east-1', packaging: 'zip' }, evidence);
  expect([total.low > 10, total.high < 1_000]).toEqual([true, true]);
});

it(`is what ${DOCUMENT} says: write it anew with "npm run cost -- --write"`, () => expect(readFileSync(join(root, DOCUMENT), 'utf8')).toBe(documentOf(evidence)));
