import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { benchmark, benchmarkColumn } from '../cost/benchmarks';
import { billOf, bytesOfArticle, type Load } from '../cost/bill';
import { readEvidence } from '../cost/evidence';
import { rangeText } from '../cost/range';
import { firstLoad } from '../src/first-load.cjs';
import type { Artifact } from '../src/packaging/artifact';

/** The result of a measure: a figure and its description; or why there is none on this machine. */
export type Measured = { readonly value: number; readonly finding: string } | { readonly missing: string };

/** The data for measures. */
export interface Evidence {
  readonly root: string;
  /** The packaged artefacts, or why they are not known. */
  readonly artifacts: readonly Artifact[] | { readonly missing: string };
}

type Measure = (evidence: Evidence, argument: string) => Measured;

const megabytes = (bytes: number) => `${(bytes / 1_000_000).toFixed(1)} MB`;

const ofArtifacts =
  (measure: (artifacts: readonly Artifact[]) => Measured): Measure =>
  ({ artifacts }) =>
    'missing' in artifacts ? { missing: artifacts.missing } : measure(artifacts);

const packageOf = (root: string, name: string) =>
  JSON.parse(readFileSync(join(root, name, 'package.json'), 'utf8')) as {
    version: string;
    engines?: { node?: string };
    peerDependencies?: Record<string, string>;
  };

/**
 * The highest major version that an npm range allows: 6 for ">=4.8.4 <6.1.0" and for ">= 4 < 7", 19 for "^18 || ^19",
 * Infinity for ">=4".
 */
export function highestMajor(range: string): number {
  const highest = (comparator: string) => {
    const [, operator = '', major, minor, patch] = /^([<>=^~v]*)(\d+)(?:\.(\d+))?(?:\.(\d+))?/.exec(comparator) ?? [];
    if (major === undefined || operator.startsWith('>')) return Infinity;
    return operator === '<' && !Number(minor) && !Number(patch) ? Number(major) - 1 : Number(major);
  };
  const alternatives = range.split('||').map((part) =>
    part
      .replace(/([<>=^~])\s+/g, '$1')
      .trim()
      .split(/\s+/)
      .map(highest),
  );
  return Math.max(...alternatives.map((bounds) => Math.min(...bounds)));
}

/** A million articles in a month, as in docs/operations/cost.md. */
const million = (region: string): Load => ({ articles: 1_000_000, sources: 300, readers: 10, region, packaging: 'image' });

/** Every figure that a trigger can use, by name. An argument follows a colon: `accepts-major:typescript-eslint>typescript`. */
export const measures: Readonly<Record<string, Measure>> = {
  /** Bytes of the largest ZIP, unzipped. */
  'largest-zip-bytes': ofArtifacts((artifacts) => {
    const zips = artifacts.filter(({ packaging }) => packaging === 'zip').sort((a, b) => b.unzippedBytes - a.unzippedBytes);
    return zips[0]
      ? { value: zips[0].unzippedBytes, finding: `${zips[0].app} has ${megabytes(zips[0].unzippedBytes)} unzipped` }
      : { value: 0, finding: 'nothing is a ZIP' };
  }),
  /** How many functions contain no model. */
  'functions-without-model': ofArtifacts((artifacts) => {
    const without = artifacts.filter(({ model }) => model === null).map(({ app }) => app);
    return { value: without.length, finding: without.length > 0 ? `${without.join(', ')} carry none` : `all ${artifacts.length} carry one` };
  }),
  /** Bytes of the largest function with a model, unzipped. Missing if a function lacks its model. */
  'largest-model-function-bytes': ofArtifacts((artifacts) => {
    const [largest] = artifacts.filter(({ model }) => model !== null).sort((a, b) => b.unzippedBytes - a.unzippedBytes);
    return largest
      ? {
          value: largest.unzippedBytes,
          finding: `${largest.app} has ${megabytes(largest.unzippedBytes)} unzipped with ${largest.model?.id}, as ${largest.packaging}`,
        }
      : { missing: 'no packaged function carries a model' };
  }),
  /** Time to the first score of Analysis as an image, divided by the same as a ZIP, from docs/benchmarks.md. */
  'image-start-over-zip': (evidence) => {
    const [image, zip] = ['analysis', 'analysis (as a ZIP)'].map((row) => benchmark(evidence.root, row, 'init + first'));
    return image && zip ? { value: image / zip, finding: `${image} ms as an image, ${zip} ms as a ZIP` } : { missing: 'docs/benchmarks.md has no such rows' };
  },
  /** Milliseconds to a function's first answer, from docs/benchmarks.md. */
  'first-answer-ms': (evidence, app) => {
    const value = benchmark(evidence.root, app, 'init + first');
    return value ? { value, finding: `${app} answers first after ${value} ms` } : { missing: `docs/benchmarks.md has no row "${app}"` };
  },
  /** Processor time of a piece of work in milliseconds, from docs/benchmarks.md: `processor-ms:an article that is stored`. */
  'processor-ms': ({ root }, row) => {
    const value = benchmark(root, row, 'ms');
    return value ? { value, finding: `${row} takes ${value} ms of a processor` } : { missing: `docs/benchmarks.md has no row "${row}"` };
  },
  /** Median time of a route in milliseconds on a store with a million articles, from docs/benchmarks.md: `route-ms:/status`. */
  'route-ms': ({ root }, route) => {
    const value = benchmark(root, route, '1,000,000 articles');
    return value ? { value, finding: `${route} takes ${value} ms at a million articles` } : { missing: `docs/benchmarks.md has no row "${route}"` };
  },
  /** Kilobytes of the largest answer of a route, from docs/benchmarks.md. */
  'largest-answer-kb': ({ root }) => {
    const all = benchmarkColumn(root, 'KB').sort(([, one], [, other]) => other - one);
    return all[0]
      ? { value: all[0][1], finding: `the largest answer is that of ${all[0][0]}, ${all[0][1]} KB` }
      : { missing: 'docs/benchmarks.md has no column "KB"' };
  },
  /** Headlines that the product scores per second, from docs/benchmarks.md. */
  'scored-per-second': (evidence) => {
    const value = benchmark(evidence.root, 'the product, model in its own thread', 'articles/s');
    return value ? { value, finding: `${value} headlines a second` } : { missing: 'docs/benchmarks.md has no such row' };
  },
  /** The major version of the oldest Node that package.json allows. */
  'oldest-node': ({ root }) => {
    const range = packageOf(root, '.').engines?.node ?? '';
    return { value: Number(/\d+/.exec(range)?.[0]), finding: `package.json admits Node ${range}` };
  },
  /** Days since the given day, for example the end of a version's maintenance. */
  'days-since': (_evidence, day) => {
    const value = Math.floor((Date.now() - Date.parse(day)) / 86_400_000);
    return { value, finding: value < 0 ? `${-value} days until ${day}` : `${value} days since ${day}` };
  },
  /** The highest major version of a package that all named packages accept as a peer dependency: `accepts-major:a,b>typescript`. */
  'accepts-major': ({ root }, argument) => {
    const [hosts = '', peer = ''] = argument.split('>');
    const accepted = hosts.split(',').map((host) => [host, highestMajor(packageOf(root, `node_modules/${host}`).peerDependencies?.[peer] ?? '')] as const);
    return {
      value: Math.min(...accepted.map(([, major]) => major)),
      finding: accepted.map(([host, major]) => `${host} accepts ${peer} up to ${major}`).join(', '),
    };
  },
  /** The installed major version of a package: `installed-major:fastify`. */
  'installed-major': ({ root }, name) => {
    const { version } = packageOf(root, `node_modules/${name}`);
    return { value: Number(/^\d+/.exec(version)?.[0]), finding: `${name} is installed in version ${version}` };
  },
  /** Minor and patch version of an installed package as one number: 30.002 for 1.30.2. The major version is a separate measure. */
  'installed-minor': ({ root }, name) => {
    const { version } = packageOf(root, `node_modules/${name}`);
    const [, minor = NaN, patch = NaN] = version.split(/[.-]/).map(Number);
    return { value: minor + patch / 1_000, finding: `${name} is installed in version ${version}` };
  },
  /** The difference in minor versions between the packages of Node for the platforms. */
  'node-minors-apart': ({ root }) => {
    const names = new Set(Object.values(JSON.parse(readFileSync(join(root, 'tools/node/packages.json'), 'utf8')) as Record<string, string>));
    const { optionalDependencies = {} } = packageOf(root, '.') as { optionalDependencies?: Record<string, string> };
    const minors = Object.entries(optionalDependencies)
      .filter(([name]) => names.has(name))
      .map(([name, version]) => [name, version, Number(version.split('.')[1])] as const)
      .sort((one, other) => one[2] - other[2]);
    const [oldest, newest] = [minors[0], minors.at(-1)];
    return oldest && newest
      ? { value: newest[2] - oldest[2], finding: `${oldest[0]} has ${oldest[1]}, ${newest[0]} ${newest[1]}` }
      : { missing: 'package.json names no package of Node' };
  },
  /** 1 if the shipped model has another revision than the named one, else 0: `another-model-than:31de42b8df2e`. */
  'another-model-than': ({ root }, revision) => {
    const shipped = (JSON.parse(readFileSync(join(root, 'models/barometer-distilbert-news/manifest.json'), 'utf8')) as { revision: string }).revision;
    return { value: Number(shipped !== revision), finding: `the model that ships has the revision ${shipped}` };
  },
  /** Days since the prices were recorded, or last compared with the provider's list. */
  'price-table-days': ({ root }) => {
    const {
      prices: { writtenDown, checked },
    } = readEvidence(root);
    const value = Math.floor((Date.now() - Date.parse(checked ?? writtenDown)) / 86_400_000);
    return { value, finding: `prices of ${checked ?? writtenDown}, ${checked ? 'compared' : 'not compared'} with the provider's list` };
  },
  /** Write units of an index per article over its life, if it is stored and scored alone: `index-units-an-article:list`. */
  'index-units-an-article': ({ root }, index) => {
    const {
      units: { poll, score },
    } = readEvidence(root);
    const [stored, scored] = [poll, score].map((of) => of['1']?.writes.indexes[index]);
    if (stored === undefined || scored === undefined) return { missing: `the table has no index "${index}"` };
    return { value: stored + scored, finding: `an article takes ${(stored + scored).toFixed(1)} write units of the index ${index}` };
  },
  /** The upper bound in dollars for a month with a million articles from 300 sources in a region: `usd-a-million-articles:eu-central-1`. */
  'usd-a-million-articles': ({ root }, region) => {
    const {
      total,
      dominant: [first],
    } = billOf(million(region), readEvidence(root));
    return { value: total.high, finding: `a million articles cost $${rangeText(total)} in ${region}, most of it for ${first?.step} (${first?.service})` };
  },
  /** The upper bound of write units per article, over its life, at a million a month. */
  'write-units-an-article': ({ root }) => {
    const {
      perArticle: { writeUnits },
    } = billOf(million('eu-central-1'), readEvidence(root));
    return { value: writeUnits.high, finding: `an article takes ${rangeText(writeUnits)} write units` };
  },
  /** Bytes in the table per article, with its rows and keys, and their copies in the indexes. */
  'bytes-an-article': ({ root }) => {
    const value = bytesOfArticle(readEvidence(root).units);
    return { value, finding: `an article takes ${Math.round(value).toLocaleString('en')} bytes of table and indexes` };
  },
  /** How many items share the counters of a hot scope on DynamoDB. */
  'hot-shards': ({ root }) => {
    const value = Number(/HOT_SHARDS = (\d+)/.exec(readFileSync(join(root, 'libs/shared/storage-dynamodb/src/keys.ts'), 'utf8'))?.[1]);
    return { value, finding: `${value} items share what is hot` };
  },
  /** Bytes of the page's first load, gzipped, in the built page. */
  'first-load-bytes': ({ root }) => {
    const folder = join(root, 'dist/apps/web');
    if (!existsSync(join(folder, 'index.html'))) return { missing: 'the page is not built: run "npx nx build web"' };
    const value = firstLoad(folder).reduce((sum, { bytes }) => sum + bytes, 0);
    return { value, finding: `the first load has ${(value / 1024).toFixed(1)} KB` };
  },
};

/** Takes the measure of a trigger. Throws if there is none with that name. */
export function take(name: string, evidence: Evidence): Measured {
  const [measure = '', ...argument] = name.split(':');
  const taken = measures[measure];
  if (!taken) throw new Error(`There is no measure "${measure}"; there are ${Object.keys(measures).join(', ')}.`);
  const found = taken(evidence, argument.join(':'));
  if ('value' in found && !Number.isFinite(found.value)) throw new Error(`The measure "${name}" gives no number.`);
  return found;
}
