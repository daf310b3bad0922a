// What a browser fetches before the page shows anything. CommonJS, so that both the page's build and TypeScript can load it.
const { readFileSync, readdirSync } = require('node:fs');
const { join } = require('node:path');
const { gzipSync } = require('node:zlib');

/**
 * The document and everything it refers to, each with its gzipped size; without the icon that a phone fetches when the
 * page is added to its home screen.
 */
function firstLoad(folder) {
  const page = readFileSync(join(folder, 'index.html'), 'utf8').replace(/<link rel="apple-touch-icon"[^>]*>/, '');
  const names = readdirSync(folder, { recursive: true }).map((name) => String(name).replaceAll('\\', '/'));
  const first = ['index.html', ...names.filter((name) => page.includes(`/${name}"`))];
  return first.map((name) => ({ name, bytes: gzipSync(readFileSync(join(folder, name))).length }));
}

module.exports = { firstLoad };
