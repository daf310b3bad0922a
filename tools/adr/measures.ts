import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { benchmark } from '../cost/benchmarks';
import { billOf, bytesOfArticle, type Load } from '../cost/bill';
import { readEvidence } from '../cost/evidence';
import { rangeText } from '../cost/range';
import { firstLoad } from '../src/first-load.cjs';
import type { Artifact } from '../src/packaging/artifact';

/** What a measure found: a figure and how it reads; or why there is none on this machine. */
export type Measured = { readonly value: number; readonly finding: string } | { readonly missing: string };

/** Where measures look. */
export interface Evidence {
  readonly root: string;
  /** What was packaged, or why that cannot be told. */
  readonly artifacts: readonly Artifact[] | { readonly missing: string };
}

type Measure = (evidence: Evidence, argument: string) => Measured;

const megabytes = (bytes: number) => `${(bytes / 1_000_000).toFixed(1)} MB`;

const ofArtifacts = (measure: (artifacts: readonly Artifact[]) => Measured): Measure => ({ artifacts }) => ('missing' in artifacts ? { missing: artifacts.missing } : measure(artifacts));

const packageOf = (root: string, name: string) => JSON.parse(readFileSync(join(root, name, 'package.json'), 'utf8')) as { version: string; engines?: { node?: string }; peerDependencies?: Record<string, string> };

/** The highest major version that a range of npm admits: 6 for ">=4.8.4 <6.1.0" and for ">= 4 < 7", 19 for "^18 || ^19", Infinity for ">=4". */
export function highestMajor(range: string): number {
  const highest = (comparator: string) => {
    const [, operator = '', major, minor, patch] = /^([<>=^~v]*)(\d+)(?:\.(\d+))?(?:\.(\d+))?/.exec(comparator) ?? [];
    if (major === undefined || operator.startsWith('>')) return Infinity;
    return operator === '<' && !Number(minor) && !Number(patch) ? Number(major) - 1 : Number(major);
  };
  const alternatives = range.split('||').map((part) => part.replace(/([<>=^~])\s+/g, '$1').trim().split(/\s+/).map(highest));
  return Math.max(...alternatives.map((bounds) => Math.min(...bounds)));
}

/** A million articles in a month, as docs/operations/cost.md has them. */
const million = (region: string): Load => ({ articles: 1_000_000, sources: 300, readers: 10, region, packaging: 'image' });

/** Every figure that a trigger can be set on, by name. An argument follows a colon: `accepts-major:typescript-eslint>typescript`. */
export const measures: Readonly<Record<string, Measure>> = {
  /** Bytes of the largest ZIP, unzipped. */
  'largest-zip-bytes': ofArtifacts((artifacts) => {
    const zips = artifacts.filter(({ packaging }) => packaging === 'zip').sort((a, b) => b.unzippedBytes - a.unzippedBytes);
    return zips[0] ? { value: zips[0].unzippedBytes, finding: `${zips[0].app} has ${megabytes(zips[0].unzippedBytes)} unzipped` } : { value: 0, finding: 'nothing is a ZIP' };
  }),
  /** How many functions carry no model. */
  'functions-without-model': ofArtifacts((artifacts) => {
    const without = artifacts.filter(({ model }) => model === null).map(({ app }) => app);
    return { value: without.length, finding: without.length > 0 ? `${without.join(', ')} carry none` : `all ${artifacts.length} carry one` };
  }),
  /** Bytes of the largest function with a model, unzipped. A function that lacks its model says nothing. */
  'largest-model-function-bytes': ofArtifacts((artifacts) => {
    const [largest] = artifacts.filter(({ model }) => model !== null).sort((a, b) => b.unzippedBytes - a.unzippedBytes);
    return largest ? { value: largest.unzippedBytes, finding: `${largest.app} has ${megabytes(largest.unzippedBytes)} unzipped with ${largest.model?.id}, as ${largest.packaging}` } : { missing: 'no packaged function carries a model' };
  }),
  /** Time of Analysis as an image to its first score, divided by the same as a ZIP, from docs/benchmarks.md. */
  'image-start-over-zip': (evidence) => {
    const [image, zip] = ['analysis', 'analysis (as a ZIP)'].map((row) => benchmark(evidence.root, row, 'init + first'));
    return image && zip ? { value: image / zip, finding: `${image} ms as an image, ${zip} ms as a ZIP` } : { missing: 'docs/benchmarks.md has no such rows' };
  },
  /** Milliseconds of a function to its first answer, from docs/benchmarks.md. */
  'first-answer-ms': (evidence, app) => {
    const value = benchmark(evidence.root, app, 'init + first');
    return value ? { value, finding: `${app} answers first after ${value} ms` } : { missing: `docs/benchmarks.md has no row "${app}"` };
  },
  /** Headlines a second of the product, from docs/benchmarks.md. */
  'scored-per-second': (evidence) => {
    const value = benchmark(evidence.root, 'the product, model in its own thread', 'articles/s');
    return value ? { value, finding: `${value} headlines a second` } : { missing: 'docs/benchmarks.md has no such row' };
  },
  /** The major version of the oldest Node that package.json admits. */
  'oldest-node': ({ root }) => {
    const range = packageOf(root, '.').engines?.node ?? '';
    return { value: Number(/\d+/.exec(range)?.[0]), finding: `package.json admits Node ${range}` };
  },
  /** Days since the day that is named: since a version left its maintenance, for example. */
  'days-since': (_evidence, day) => {
    const value = Math.floor((Date.now() - Date.parse(day)) / 86_400_000);
    return { value, finding: value < 0 ? `${-value} days until ${day}` : `${value} days since ${day}` };
  },
  /** The highest major version of a package that all named packages accept as a peer: `accepts-major:a,b>typescript`. */
  'accepts-major': ({ root }, argument) => {
    const [hosts = '', peer = ''] = argument.split('>');
    const accepted = hosts.split(',').map((host) => [host, highestMajor(packageOf(root, `node_modules/${host}`).peerDependencies?.[peer] ?? '')] as const);
    return { value: Math.min(...accepted.map(([, major]) => major)), finding: accepted.map(([host, major]) => `${host} accepts ${peer} up to ${major}`).join(', ') };
  },
  /** The major version of a package that is installed: `installed-major:fastify`. */
  'installed-major': ({ root }, name) => {
    const { version } = packageOf(root, `node_modules/${name}`);
    return { value: Number(/^\d+/.exec(version)?.[0]), finding: `${name} is installed in version ${version}` };
  },
  /** Dollars that a month with a million articles from 300 sources costs at most in a region: `usd-a-million-articles:eu-central-1`. */
  'usd-a-million-articles': ({ root }, region) => {
    const { total, dominant: [first] } = billOf(million(region), readEvidence(root));
    return { value: total.high, finding: `a million articles cost $${rangeText(total)} in ${region}, most of it for ${first?.step} (${first?.service})` };
  },
  /** Write units that an article takes at most, over its life, at a million in a month. */
  'write-units-an-article': ({ root }) => {
    const { perArticle: { writeUnits } } = billOf(million('eu-central-1'), readEvidence(root));
    return { value: writeUnits.high, finding: `an article takes ${rangeText(writeUnits)} write units` };
  },
  /** Bytes that an article, its rows and keys, and the copies of all in the indexes take in the table. */
  'bytes-an-article': ({ root }) => {
    const value = bytesOfArticle(readEvidence(root).units);
    return { value, finding: `an article takes ${Math.round(value).toLocaleString('en')} bytes of table and indexes` };
  },
  /** How many items share the counters of a hot scope on DynamoDB. */
  'hot-shards': ({ root }) => {
    const value = Number(/HOT_SHARDS = (\d+)/.exec(readFileSync(join(root, 'libs/shared/storage-dynamodb/src/keys.ts'), 'utf8'))?.[1]);
    return { value, finding: `${value} items share what is hot` };
  },
  /** Bytes of the page's first load, gzipped, in the page that was built. */
  'first-load-bytes': ({ root }) => {
    const folder = join(root, 'dist/apps/web');
    if (!existsSync(join(folder, 'index.html'))) return { missing: 'the page is not built: run "npx nx build web"' };
    const value = firstLoad(folder).reduce((sum, { bytes }) => sum + bytes, 0);
    return { value, finding: `the first load has ${(value / 1024).toFixed(1)} KB` };
  },
};

/** Takes the measure that a trigger names. Throws where there is none of that name. */
export function take(name: string, evidence: Evidence): Measured {
  const [measure = '', ...argument] = name.split(':');
  const taken = measures[measure];
  if (!taken) throw new Error(`There is no measure "${measure}"; there are ${Object.keys(measures).join(', ')}.`);
  const found = taken(evidence, argument.join(':'));
  if ('value' in found && !Number.isFinite(found.value)) throw new Error(`The measure "${name}" gives no number.`);
  return found;
}
