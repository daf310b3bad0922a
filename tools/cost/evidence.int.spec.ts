import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { billOf } from './bill';
import { priceOf, readEvidence } from './evidence';
import { DOCUMENT } from './main';
import { documentOf } from './report';

const root = join(__dirname, '..', '..');
const evidence = readEvidence(root);

it('counts the resources of production', () => {
  const { alarmMetrics, customMetrics, dashboards, secrets } = evidence.counts;
  // Nineteen alarms, of which those on throttling watch the table and its indexes; the NewsAPI.org key and the secrets
  // of alert channels; the operators' dashboard.
  expect([alarmMetrics, customMetrics, secrets, dashboards]).toEqual([25, 24, 2, 1]);
});

it('has every price in every region', () => {
  for (const name of Object.keys(evidence.prices.prices))
    for (const region of evidence.prices.regions) expect([name, region, priceOf(evidence.prices, name, region) > 0]).toEqual([name, region, true]);
});

it('makes a plausible bill', () => {
  const { total } = billOf({ articles: 1_000_000, sources: 300, readers: 10, region: 'us-east-1', packaging: 'zip' }, evidence);
  expect([total.low > 10, total.high < 1_000]).toEqual([true, true]);
});

it(`matches ${DOCUMENT} (npm run cost -- --write rewrites it)`, () => expect(readFileSync(join(root, DOCUMENT), 'utf8')).toBe(documentOf(evidence)));
