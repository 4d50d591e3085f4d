// Starts an example against a running Carillon: `./carillon example <name> [--port <number>]`. It finds the server and the
// application's key and secret, and hands them over by the variables that the example's backend reads, as in production.
import { spawn } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chosenPort, credentials, Misuse } from './common/settings.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = fileURLToPath(new URL('.', import.meta.url))
const FIRST_PORT = 3_000
const PORTS = 20

/** Examples that have a page, with the file that is started and the first line of their README. */
async function examples() {
  const found = []
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue
    const files = await readdir(join(folder, entry.name))
    const start = files.find((file) => file === 'server.js' || file === 'Server.java')
    if (!start) continue
    const readme = await readFile(join(folder, entry.name, 'README.md'), 'utf8')
    found.push({ name: entry.name, start: join(folder, entry.name, start), title: /^# (.*)$/m.exec(readme)[1] })
  }
  return found.sort((one, other) => one.name.localeCompare(other.name))
}

/** Refuses what would fail later with a worse message. */
async function checkServer({ url, key, secret }) {
  const headers = { Authorization: `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}` }
  const answer = await fetch(`${url}/v1/rules`, { headers }).catch(() => undefined)
  if (!answer) throw new Misuse(`No server answers at ${url} (expected: start it with ./carillon start, or set CARILLON_URL)`)
  if (answer.status === 401) throw new Misuse(`The server at ${url} does not know the key ${key} (expected: CARILLON_KEY and CARILLON_SECRET of one of its apps)`)
  if (!answer.ok) throw new Misuse(`The server at ${url} answers ${answer.status} (expected: a Carillon that is ready)`)
}

const isFree = (port) =>
  new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, 'localhost', () => probe.close(() => resolve(true)))
  })

/** The one that was chosen, else a free one from the example's own on, so that several are not after the same at once. */
async function portFor(chosen, own) {
  if (chosen === 0) return 0
  const last = chosen ?? own + PORTS
  for (let port = chosen ?? own; port <= last; port += 1) if (await isFree(port)) return port
  throw new Misuse(`${chosen === undefined ? `The ports ${own} to ${last} are` : `The port ${chosen} is`} taken (expected: --port with a free one)`)
}

/** The one file is the whole program: Java compiles it in memory. The client library is the server's own copy. */
function runJava(file, env) {
  const java = env.JAVA_HOME ? join(env.JAVA_HOME, 'bin', 'java') : 'java'
  const libraries = join(root, 'deploy', 'standalone', 'target', 'lib', '*')
  const child = spawn(java, ['-Xmx256m', '-XX:TieredStopAtLevel=1', '-cp', libraries, file], { env, stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill('SIGTERM'))
  // so a JVM ends that was asked to
  child.once('exit', (code) => process.exit([130, 143].includes(code) ? 0 : (code ?? 1)))
}

async function main([name, ...options]) {
  const all = await examples()
  const example = all.find((each) => each.name === name)
  if (name !== undefined && !example) throw new Misuse(`${name}: no such example (expected: ${all.map((each) => each.name).join(', ')})`)
  if (!example) {
    const lines = all.map(({ name: each, title }) => `  ${each.padEnd(16)} ${title}`)
    console.log(`usage: ./carillon example <name> [--port <number>]\n\n${lines.join('\n')}\n\nexamples/README.md says more.`)
    return
  }
  const port = await portFor(chosenPort(options), FIRST_PORT + all.indexOf(example))
  const server = await credentials(process.env, root)
  await checkServer(server)
  Object.assign(process.env, {
    CARILLON_URL: server.url,
    CARILLON_APP: server.app,
    CARILLON_KEY: server.key,
    CARILLON_SECRET: server.secret,
    PORT: String(port),
  })
  if (example.start.endsWith('.java')) runJava(example.start, process.env)
  else await import(example.start)
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error instanceof Misuse ? error.message : error)
  process.exit(error instanceof Misuse ? 2 : 1)
})
