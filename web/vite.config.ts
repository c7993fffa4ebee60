import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** `npm run dev:page` serves the page alone; the API is asked of a `towpath serve` on its usual port. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: { outDir: 'dist', emptyOutDir: true, target: 'es2023', modulePreload: { polyfill: false } },
  server: { proxy: { '/api/v1': 'http://127.0.0.1:4400', '/enter': 'http://127.0.0.1:4400' } },
});
