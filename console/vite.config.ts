import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const server = 'http://localhost:8080';

export default defineConfig({
  plugins: [react()],
  build: { outDir: 'dist', emptyOutDir: true },
  // For `npm run dev` beside a running server.
  server: {
    proxy: { '/health': server, '/app': { target: server, ws: true } },
  },
  test: { environment: 'node' },
});
