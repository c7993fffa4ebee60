import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const served = 'http://127.0.0.1:4400';
/** Asked under its own name and as by its own page: to the server any other page is a foreign one. */
const asIts = { target: served, changeOrigin: true, headers: { origin: served } };

/** `npm run dev:page` serves the page alone; what is no file of it is asked of a `towpath serve` on its usual port. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    modulePreload: { polyfill: false },
    // the conversation, loaded with its screen; what is loaded at first is held by test/browser/page-load.test.ts
    chunkSizeWarningLimit: 1000,
  },
  server: { proxy: { '/api/v1': asIts, '/enter': asIts, '/healthz': asIts } },
});
