// Builds the page and serves it with tokens: what an application's own backend would do.
//   CARILLON_KEY=… CARILLON_SECRET=… node examples/react-chat/serve.js
import { createHmac } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const folder = fileURLToPath(new URL('.', import.meta.url))
const allowed = { lobby: ['subscribe', 'publish', 'history', 'presence'] }

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
    logLevel: 'warning',
  })
  return outputFiles[0].contents
}

/** A client token for an hour. A real backend takes the user from its session, never from the URL. */
function tokenOf(user, { key, secret }) {
  const now = Math.floor(Date.now() / 1_000)
  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const claims = { sub: user, iat: now, exp: now + 3_600, cap: allowed }
  const text = `${part({ alg: 'HS256', typ: 'JWT', kid: key })}.${part(claims)}`
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`
}

/** Serves on this port, or on any; answers with the server, which listens. */
export async function serve(credentials, port = 0) {
  const files = {
    '/': ['text/html', await readFile(`${folder}index.html`)],
    '/chat.css': ['text/css', await readFile(`${folder}chat.css`)],
    '/chat.js': ['text/javascript', await bundle()],
  }
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url, 'http://localhost')
    const user = searchParams.get('user')
    const [type, body] = pathname === '/token' && user ? ['text/plain', tokenOf(user, credentials)] : (files[pathname] ?? [])
    response.writeHead(body ? 200 : 404, { 'Content-Type': type ?? 'text/plain', 'Cache-Control': 'no-store' }).end(body)
  })
  await new Promise((resolve) => server.listen(port, 'localhost', resolve))
  return server
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { CARILLON_KEY: key, CARILLON_SECRET: secret, PORT = 3_000 } = process.env
  if (!key || !secret) throw new Error('no application (expected: CARILLON_KEY and CARILLON_SECRET)')
  await serve({ key, secret }, Number(PORT))
  console.log(`http://localhost:${PORT}/?user=ann and, in another window, http://localhost:${PORT}/?user=bob`)
}
