// Makes the fixture of a version for the upgrade tests: a store that the program of that version filled from feeds on
// this computer.
//
//   npm run release:store                         of this version
//   npm run release:store -- CHECKOUT VERSION     of the version in another checkout in which `npm ci` was run
//
// Writes apps/local/fixtures/stores/VERSION.db.gz and, beside it, VERSION.json with the feeds as they were polled.
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';

const root = fileURLToPath(new URL('../..', import.meta.url));
const [checkout = root, version = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version] = process.argv.slice(2);
const now = new Date();
const hoursAgo = (hours) => new Date(now.getTime() - hours * 3_600_000).toUTCString();
const escaped = (text) => text.replaceAll('&', '&amp;');
const item = ({ title, link, guid, date, summary }) =>
  `<item><title>${escaped(title)}</title>${link ? `<link>${escaped(link)}</link>` : ''}${guid ? `<guid isPermaLink="false">${escaped(guid)}</guid>` : ''}${date ? `<pubDate>${date}</pubDate>` : ''}${summary ? `<description>${escaped(summary)}</description>` : ''}</item>`;
const document = (items) =>
  `<?xml version="1.0"?><rss version="2.0"><channel><title>Fixture</title><link>https://fixture.example/</link><language>en</language>${items.map(item).join('')}</channel></rss>`;

/** Headlines as from a news wire, on many subjects, so that all kinds of topics and scopes are covered. */
const wire = [
  'Election commission confirms record turnout in regional vote',
  'Wildfire forces thousands to flee as heatwave grips the coast',
  'Scientists report breakthrough in malaria vaccine trial',
  'Central bank holds interest rates as inflation cools',
  'Dozens killed as ferry sinks in violent storm',
  'Carmaker recalls two million vehicles over faulty brakes',
  'Peace talks resume after months of fighting along the border',
  'Hospital staff praised after rescue of trapped miners',
  'Unemployment rises for the third month in a row',
  'Football club wins the cup after dramatic penalty shoot-out',
  'Climate summit ends without agreement on emissions',
  'Startup raises $40m to build batteries from salt & sand',
  'Court jails former minister for corruption',
  'New telescope sends its first images of a distant galaxy',
  'Flood damages hundreds of homes after days of rain',
  'Farmers celebrate the best harvest in a decade',
  'Airline cancels flights as pilots’ strike begins',
  'Museum reopens after a €12m restoration',
  'Hackers steal the data of a million patients',
  'Orchestra returns to the stage to a standing ovation',
  'Regulator fines bank over money laundering',
  'Rare whale seen off the coast for the first time in 50 years',
  'Schools close as flu cases surge',
  'City plans a new tram line to the airport',
];
const feeds = {
  plain: Array.from({ length: 6 }, (_, n) => ({
    title: `Council praises rescue number ${n}`,
    link: `https://plain.example/story/${n}`,
    guid: `p-${n}`,
    date: hoursAgo(n),
  })),
  http: Array.from({ length: 4 }, (_, n) => ({
    title: `Storm number ${n} destroys a bridge`,
    link: `http://www.http.example/story/${n}/?ref=rss`,
    guid: `http://http.example/?p=${n}`,
    date: hoursAgo(n),
  })),
  // The pages of the first feed, with tracking parameters.
  copies: Array.from({ length: 3 }, (_, n) => ({
    title: `Council praises rescue number ${n}`,
    link: `https://plain.example/story/${n}?utm_source=copies`,
    date: hoursAgo(n),
  })),
  odd: [
    ...Array.from({ length: 3 }, (_, n) => ({
      title: `Live note number ${n} of a calm day`,
      link: 'https://odd.example/live/',
      guid: `o-${n}`,
      date: hoursAgo(n),
    })),
    { title: 'Only a guid and good news', guid: 'only-guid', date: hoursAgo(2) },
    { title: 'Neither link nor guid today', date: hoursAgo(3) },
    { title: 'Without a date at all', link: 'https://odd.example/undated', guid: 'o-undated' },
  ],
  wire: wire.map((title, n) => ({
    title,
    link: `https://wire.example/2026/${n}`,
    guid: `w-${n}`,
    date: hoursAgo(1 + n * 1.7),
    ...(n % 3 === 0 && { summary: `${title}, officials said on the day.` }),
  })),
};

const server = createServer((request, response) => response.setHeader('content-type', 'application/rss+xml').end(document(feeds[request.url.slice(1)] ?? [])));
await new Promise((done) => server.listen(0, '127.0.0.1', done));
const folder = mkdtempSync(join(tmpdir(), 'barometer-fixture-'));
try {
  const { port } = server.address();
  const sources = Object.keys(feeds).map((id) => ({
    id,
    name: `Feed ${id}`,
    url: `http://127.0.0.1:${port}/${id}`,
    homepage: 'https://fixture.example/',
    language: 'en',
    field: 'test',
  }));
  // JSON is valid YAML.
  writeFileSync(join(folder, 'sources.yaml'), JSON.stringify({ sources }));
  const { INIT_CWD: _, ...inherited } = process.env;
  const environment = { ...inherited, DATA_DIR: join(folder, 'data'), SOURCES_FILE: join(folder, 'sources.yaml'), ALLOW_PRIVATE_SOURCES: '1' };
  const program = (...args) =>
    promisify(execFile)(process.execPath, [join(resolve(checkout), 'apps/local/bin/barometer.mjs'), ...args], { cwd: resolve(checkout), env: environment });
  process.stdout.write((await program('poll')).stdout);
  await program('keys', 'add', 'laptop', '--role', 'read');
  const { stdout: checked } = await program('check');
  process.stdout.write(checked);
  const stores = join(root, 'apps/local/fixtures/stores');
  writeFileSync(join(stores, `${version}.db.gz`), gzipSync(readFileSync(join(folder, 'data', 'barometer.db')), { level: 9 }));
  writeFileSync(join(stores, `${version}.json`), `${JSON.stringify({ polledAt: now.toISOString(), feeds }, null, 1)}\n`);
  process.stdout.write(`apps/local/fixtures/stores/${version}.db.gz is what version ${version} stored\n`);
} finally {
  server.close();
  rmSync(folder, { recursive: true, force: true });
}
