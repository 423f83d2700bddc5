import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const apiPort = process.env['HTTP_PORT'] ?? '8080';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  resolve: { conditions: ['source', 'module', 'browser', 'development|production'] },
  build: {
    outDir: '../../dist/dashboard',
    emptyOutDir: true,
    // The page is served under a policy that allows no inline script, style or data: address.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The oldest are those of OBS's docks: until version 30 they are Chromium 103.
    target: ['chrome103', 'firefox115', 'safari16.4'],
    cssTarget: ['chrome103', 'firefox115', 'safari16.4'],
    // Which files belong to the first load, for the spec that weighs them.
    manifest: true,
  },
  server: { proxy: { '/api': `http://127.0.0.1:${apiPort}` } },
});
