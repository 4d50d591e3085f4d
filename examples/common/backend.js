// What the backends of the examples share. The secret stays here: pages get tokens, which say who they are and what they may do.
import { createHmac } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const { CARILLON_URL: url, CARILLON_KEY: key, CARILLON_SECRET: secret, PORT: port } = process.env
const here = (path) => fileURLToPath(new URL(path, import.meta.url))
const TYPES = { '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript' }
const BODY_MAX = 10_000

export { url }

// #region token
/** A client token for half an hour: a JWT, so any library for those makes it as well. */
export function tokenFor(user, capabilities) {
  const now = Math.floor(Date.now() / 1_000)
  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const claims = { sub: user, iat: now, exp: now + 1_800, cap: capabilities }
  const text = `${part({ alg: 'HS256', typ: 'JWT', kid: key })}.${part(claims)}`
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`
}
// #endregion token

// #region rest
/** A call of the REST API with the application's key and secret. */
export async function rest(method, path, body) {
  const authorization = `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`
  const answer = await fetch(url + path, {
    method,
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${method} ${path}: ${(await answer.json()).detail}`)
  return answer.json()
}
// #endregion rest

/** Whom a request comes from. A real backend takes the user from its session, never from the URL. */
const userOf = ({ searchParams }) => searchParams.get('user') ?? ''

/** Answers of the token endpoint: a token for this user, or 400. */
export function tokens(capabilitiesOf) {
  return (location) => {
    const user = userOf(location)
    if (!/^[\w-]{1,40}$/.test(user)) return { status: 400, text: 'user (expected: 1 to 40 letters, digits, - and _)' }
    return { text: tokenFor(user, capabilitiesOf(user)) }
  }
}

async function bodyOf(request) {
  let text = ''
  for await (const part of request) {
    text += part
    if (text.length > BODY_MAX) throw new Error('the body is too large')
  }
  return text
}

/** A file below `web/` of the example, of `common/web/` or of the client library. */
async function file(folder, path, made) {
  if (made[path]) return made[path]
  const [, place, rest] = /^\/(common|sdk)\/(.+)$/.exec(path) ?? [undefined, undefined, path === '/' ? 'index.html' : path.slice(1)]
  const base = { common: here('web'), sdk: here('../../sdk-js/dist') }[place] ?? join(folder, 'web')
  if (!/^[\w-]+([./][\w-]+)*$/.test(rest) || !TYPES[extname(rest)]) return undefined
  const text = await readFile(join(base, rest), 'utf8').catch(() => undefined)
  // pages learn where the server is, and the key of the application, which is no secret
  return text && extname(rest) === '.html' ? text.replaceAll('%CARILLON_URL%', url).replaceAll('%CARILLON_KEY%', key) : text
}

/**
 * Serves the example's page until Ctrl-C.
 *
 * @param routes functions for paths: of the URL, the body and the request, to `{ text | json, status }`
 * @param made texts for paths that no file has
 * @param hint what to open
 */
export async function serve({ folder, routes = {}, made = {}, hint = (base) => base, closed = () => {} }) {
  const answer = async (request) => {
    const location = new URL(request.url, 'http://localhost')
    const route = routes[`${request.method} ${location.pathname}`]
    if (route) return route(location, await bodyOf(request), request)
    const text = request.method === 'GET' ? await file(folder, location.pathname, made) : undefined
    return text === undefined ? { status: 404, text: 'not found' } : { text, type: TYPES[extname(location.pathname)] ?? TYPES['.html'] }
  }
  const server = createServer((request, response) => {
    answer(request).then(
      ({ status = 200, json, text = JSON.stringify(json), type = json === undefined ? 'text/plain' : 'application/json' }) =>
        response.writeHead(status, { 'Content-Type': type, 'Cache-Control': 'no-store' }).end(text),
      (error) => response.writeHead(500, { 'Content-Type': 'text/plain' }).end(error.message),
    )
  })
  await new Promise((resolve, reject) => server.once('error', reject).listen(Number(port), 'localhost', resolve))
  console.log(hint(`http://localhost:${server.address().port}/`))
  const stop = () => {
    closed()
    server.close(() => process.exit(0))
    server.closeAllConnections()
  }
  process.once('SIGINT', stop).once('SIGTERM', stop)
}
