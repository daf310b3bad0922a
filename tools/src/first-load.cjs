// What a browser fetches before the page shows anything. CommonJS, since the page's build and TypeScript both read it.
const { readFileSync, readdirSync } = require('node:fs');
const { join } = require('node:path');
const { gzipSync } = require('node:zlib');

/** The document and everything it names, each with its size, gzipped. */
function firstLoad(folder) {
  const page = readFileSync(join(folder, 'index.html'), 'utf8');
  const names = readdirSync(folder, { recursive: true }).map((name) => String(name).replaceAll('\\', '/'));
  const first = ['index.html', ...names.filter((name) => page.includes(`/${name}"`))];
  return first.map((name) => ({ name, bytes: gzipSync(readFileSync(join(folder, name))).length }));
}

module.exports = { firstLoad };
