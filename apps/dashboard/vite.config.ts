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
  },
  server: { proxy: { '/api': `http://127.0.0.1:${apiPort}` } },
});
