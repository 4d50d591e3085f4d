import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const server = 'http://localhost:8080';

export default defineConfig({
  plugins: [react()],
  // The client library's sources, so that it need not be built first.
  resolve: { alias: { '@carillon/client': fileURLToPath(new URL('../sdk-js/src/index.ts', import.meta.url)) } },
  build: { outDir: 'dist', emptyOutDir: true, manifest: true },
  // For `npm run dev` beside a running server.
  server: {
    fs: { allow: ['.', '../sdk-js/src'] },
    proxy: { '/health': server, '/v1': { target: server, ws: true }, '/app/': { target: server, ws: true } },
  },
  test: { environment: 'node' },
});
