// The backend of the chat: it builds and serves the page, signs tokens, and says how messages are kept.
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { rest, serve, tokens } from '../common/backend.js'

const folder = fileURLToPath(new URL('.', import.meta.url))

// #region rule
await rest('PUT', '/v1/rules/chat:*', {
  subscribe: 'tokens', // without it, anybody who knows the application's key may read
  publish: 'tokens',
  presence: 'tokens',
  historyDays: 30,
  events: ['message', 'typing'], // signals count too
  schema: { type: ['string', 'boolean'], maxLength: 2_000 },
})
// #endregion rule

/** Bundles the page for browsers; of React the development build, in which StrictMode does its work. */
async function bundle() {
  const { outputFiles } = await build({
    entryPoints: [`${folder}main.tsx`],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"development"' },
    alias: { react: `${folder}../node_modules/react` }, // the client's folder has one as well, for its tests
    logLevel: 'warning',
  })
  return outputFiles[0].text
}

await serve({
  folder,
  made: { '/chat.js': await bundle() },
  routes: {
    // #region token
    'GET /token': tokens(() => ({ 'chat:*': ['subscribe', 'publish', 'presence', 'history'] })),
    // #endregion token
  },
  hint: (base) => `Chat: open ${base}?user=ann and, in another window, ${base}?user=bob`,
})
