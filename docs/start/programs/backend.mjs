// A backend: it serves the page, and says who may do what. node backend.mjs, with CARILLON_URL, CARILLON_KEY and CARILLON_SECRET.
import { createServer } from 'node:http'
import { readFile } from 'node:fs/promises'

const { CARILLON_URL: carillon = 'http://localhost:8080', CARILLON_KEY: key, CARILLON_SECRET: secret, PORT = '3000' } = process.env

// #region token
/** A token for half an hour, made by Carillon; your own session says who the user is. */
async function tokenFor(user) {
  const answer = await fetch(`${carillon}/v1/tokens`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${key}:${secret}`)}`, 'content-type': 'application/json' },
    body: JSON.stringify({ clientId: user, ttl: 1_800, capabilities: { 'chat:*': ['subscribe', 'publish', 'history', 'presence'] } }),
  })
  if (!answer.ok) throw new Error(await answer.text())
  return (await answer.json()).token
}
// #endregion token

const types = { html: 'text/html', js: 'text/javascript' }

createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://localhost')
  try {
    // #region route
    if (pathname === '/realtime-token') {
      return response.end(await tokenFor(searchParams.get('user') ?? 'ann'))
    }
    // #endregion route
    const file = pathname === '/' ? 'page.html' : pathname.slice(1)
    if (!/^(carillon\/)?[\w./-]+\.(html|js)$/.test(file) || file.includes('..')) throw new Error(`no ${pathname}`)
    const text = await readFile(file)
    response.setHeader('content-type', types[file.split('.').pop()])
    response.end(text)
  } catch (error) {
    response.writeHead(pathname === '/realtime-token' ? 503 : 404).end(String(error))
  }
}).listen(Number(PORT), function () {
  console.log(`http://localhost:${this.address().port}`)
})
