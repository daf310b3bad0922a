import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig, type Plugin } from 'vite';

const api = process.env['BAROMETER_API'] ?? 'http://127.0.0.1:4600';

const outDir = join(__dirname, '..', '..', 'dist', 'apps', 'web');

/** The service worker, always at the same address, with the names of the shell's files; changing any of them makes a new worker. */
const serviceWorker = (): Plugin => ({
  name: 'barometer-service-worker',
  apply: 'build',
  closeBundle: async () => {
    const all = readdirSync(outDir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    // The platform stores the icons of an installed page itself.
    const files = all
      .map(({ parentPath, name }) =>
        join(parentPath, name)
          .slice(outDir.length + 1)
          .replaceAll('\\', '/'),
      )
      .filter((name) => !/\.(?:png|html)$/.test(name))
      .sort();
    const hash = createHash('sha256');
    for (const name of ['index.html', ...files]) hash.update(name).update(readFileSync(join(outDir, name)));
    await build({
      entryPoints: [join(__dirname, 'src', 'offline', 'worker.ts')],
      outfile: join(outDir, 'sw.js'),
      bundle: true,
      minify: true,
      format: 'iife',
      target: 'es2022',
      define: { SHELL: JSON.stringify({ version: hash.digest('hex').slice(0, 16), files }) },
    });
  },
});

export default defineConfig({
  plugins: [serviceWorker()],
  root: __dirname,
  // The page may be served below a path: the server puts that path before everything that begins with "./".
  base: './',
  resolve: { alias: { '@barometer/http-api/words': join(__dirname, '..', '..', 'libs', 'http-api', 'src', 'words', 'index.ts') } },
  cacheDir: '../../node_modules/.vite/apps/web',
  esbuild: { jsx: 'automatic' },
  // The page is served under a strict content policy: nothing may be inlined into the document.
  build: {
    outDir,
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2022',
    reportCompressedSize: false,
  },
  server: { proxy: { '/api': api, '/feeds': api, '/healthz': api, '/metrics': api, '/readyz': api } },
});
