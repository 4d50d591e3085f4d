// Where the server is and which application the examples are: as the client commands of `./carillon` find them.
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'

const PORT_MAX = 65_535

/** Something that the person who started the example can put right; the message says how. */
export class Misuse extends Error {}

const read = (file) => readFile(file, 'utf8').catch(() => '')

/** The lines `name=value` of a file. */
const properties = (text) => Object.fromEntries([...text.matchAll(/^(\w+)=(.*)$/gm)].map(([, name, value]) => [name, value.trim()]))

/** Variables first, then what `./carillon start` has written into its data folder. */
export async function credentials(env, root) {
  const data = resolve(root, env.CARILLON_DATA || 'data')
  const [app, key, secret] = (env.CARILLON_BOOTSTRAP_APPS ?? '').split(',')[0].split(':')
  const demo = key ? { app, key, secret } : properties(await read(`${data}/demo-app`))
  const found = {
    url: (env.CARILLON_URL || (await read(`${data}/address`)).trim() || 'http://localhost:8080').replace(/\/+$/, ''),
    app: env.CARILLON_APP || demo.app || '',
    key: env.CARILLON_KEY || demo.key,
    secret: env.CARILLON_SECRET || demo.secret,
  }
  if (!found.key || !found.secret) {
    throw new Misuse(`No demo app in ${data} (expected: ./carillon start once, or CARILLON_KEY and CARILLON_SECRET)`)
  }
  return found
}

/** The port of `--port`; undefined without. */
export function chosenPort(options) {
  if (options.length === 0) return undefined
  const port = Number(options[1])
  if (options[0] !== '--port' || options.length !== 2 || !Number.isInteger(port) || port < 0 || port > PORT_MAX) {
    throw new Misuse(`${options.join(' ')} (expected: --port and a number from 0 to ${PORT_MAX})`)
  }
  return port
}
