import { defineConfig } from 'vite';

const api = process.env['BAROMETER_API'] ?? 'http://127.0.0.1:4600';

export default defineConfig({
  root: __dirname,
  // The page may stand under a path: the server puts it before what begins with "./".
  base: './',
  cacheDir: '../../node_modules/.vite/apps/web',
  esbuild: { jsx: 'automatic' },
  // The page is served under a strict content policy: nothing may be inlined into the document.
  build: {
    outDir: '../../dist/apps/web',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2022',
    reportCompressedSize: false,
  },
  server: { proxy: { '/api': api, '/feeds': api, '/healthz': api, '/metrics': api, '/readyz': api } },
});
