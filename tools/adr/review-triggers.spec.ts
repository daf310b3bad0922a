import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Artifact } from '../src/packaging/artifact';
import { acknowledgementsOf } from './record';
import { callsForReview, evaluateTriggers, packagingTriggers } from './review-triggers';

const model = { id: 'small', revision: '1' };
const common = { handler: 'main.handler', runtime: 'nodejs24.x', bytes: 1, path: 'x' } as const;
const zip = (app: string, over: Partial<Artifact> = {}): Artifact =>
  ({ ...common, app, packaging: 'zip', architecture: 'arm64', unzippedBytes: 2_000_000, sha256: 'a'.repeat(64), model: null, ...over }) as Artifact;
const image = (over: Partial<Artifact> = {}): Artifact =>
  ({ ...common, app: 'analysis', packaging: 'image', architecture: 'x86_64', unzippedBytes: 300_000_000, digest: `sha256:${'a'.repeat(64)}`, layerBytes: 1, base: 'b', builder: 'podman', model, ...over }) as Artifact;

const healthy = [zip('ingestion'), zip('dashboard'), image()];
const met = (artifacts: readonly Artifact[]) => evaluateTriggers(packagingTriggers, artifacts, []).filter(callsForReview).map(({ trigger }) => trigger.name);

describe('the review triggers of ADR 0001', () => {
  it('rest where two small ZIPs stand beside a large image', () => expect(met(healthy)).toEqual([]));

  it.each([
    ['a ZIP grows over 250 MB', [zip('ingestion', { unzippedBytes: 262_144_001 }), zip('dashboard'), image()], ['zip-too-large']],
    ['every function carries a model', [zip('ingestion', { model }), zip('dashboard', { model }), image()], ['all-carry-models']],
    ['Analysis would fit a ZIP', [zip('ingestion'), zip('dashboard'), image({ unzippedBytes: 262_144_000 })], ['analysis-fits-zip']],
    ['Analysis is a ZIP', [zip('ingestion'), zip('analysis', { model })], ['analysis-fits-zip']],
  ])('call for a review where %s', (_what, artifacts, expected) => expect(met(artifacts)).toEqual(expected));

  it('do not take an Analysis without its model for one that fits', () => {
    expect(met([zip('ingestion'), image({ unzippedBytes: 5_000_000, model: null })])).toEqual([]);
  });

  it('rest once somebody has looked, and still say what they found', () => {
    const acknowledged = [{ trigger: 'analysis-fits-zip', date: '2026-01-01', reason: 'the full-size model does not fit' }];
    const [, , third] = evaluateTriggers(packagingTriggers, [image({ unzippedBytes: 70_000_000 })], acknowledged);
    expect(third).toMatchObject({ finding: expect.stringContaining('70.0 MB'), acknowledgement: { date: '2026-01-01' } });
    expect(third && callsForReview(third)).toBe(false);
  });

  it('refuse an acknowledgement of something else', () => {
    expect(() => evaluateTriggers(packagingTriggers, [], [{ trigger: 'too-slow', date: '2026-01-01', reason: 'x' }])).toThrow('"too-slow", which is no trigger');
  });
});

describe('the front matter of a record', () => {
  it('may be missing', () => expect(acknowledgementsOf('# A decision\n', 'x.md')).toEqual([]));

  it.each([
    ['without a reason', 'acknowledged: [{trigger: a, date: "2026-01-01", reason: ok}]', 'says in a sentence'],
    ['without a date', 'acknowledged: [{trigger: a, date: soon, reason: "a reason that is long enough"}]', 'YYYY-MM-DD'],
  ])('is refused %s', (_what, text, words) => expect(() => acknowledgementsOf(`---\n${text}\n---\n`, 'x.md')).toThrow(words));

  it('of ADR 0001 can be read', () => {
    const path = join(__dirname, '../../docs/adr/0001-hybrid-packaging.md');
    expect(() => evaluateTriggers(packagingTriggers, healthy, acknowledgementsOf(readFileSync(path, 'utf8'), path))).not.toThrow();
  });
});
