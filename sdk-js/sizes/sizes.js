// Our library beside others, measured in one way; puts the table into the README.
import { readFile, writeFile } from 'node:fs/promises'
import { sizeOf } from '../scripts/measure.js'

const here = new URL('.', import.meta.url).pathname
const readme = new URL('../README.md', import.meta.url)
const BEGIN = '<!-- sizes: npm run sizes -->\n'
const END = '<!-- /sizes -->'

/** What an application writes to have a connection and channels. */
const others = [
  ['phoenix', "export { Socket } from 'phoenix'", 'channels, presence'],
  ['socket.io-client', "export { io } from 'socket.io-client'", 'events, acknowledgements, HTTP fallback'],
  ['pusher-js', "export { default } from 'pusher-js'", 'channels, presence, HTTP fallback; no history, no resuming'],
  ['centrifuge', "export { Centrifuge } from 'centrifuge'", 'channels, presence, history, resuming, HTTP fallback'],
  [
    'ably',
    "export { BaseRealtime, FetchRequest, RealtimePresence, WebSocketTransport } from 'ably/modular'",
    'its modular build: channels, presence, history, resuming; no HTTP fallback',
  ],
  ['ably', "export { Realtime } from 'ably'", 'all of it'],
]

const ours = [
  ['core', "export { Carillon } from './dist/index.js'", 'channels, presence, history, resuming; the HTTP fallback (2 kB) is loaded when it is needed', ['./dist/fallback/*']],
  ['everything', "export * from './dist/index.js'", 'with signals, typing, changing and streaming messages, and the HTTP fallback', []],
  [
    'everything, `/react` and `/msgpack`',
    "export * from './dist/index.js'; export * from './dist/react/index.js'; export * from './dist/msgpack/index.js'",
    'React itself is not counted',
    ['react'],
  ],
]

const read = async (path) => JSON.parse(await readFile(new URL(path, import.meta.url), 'utf8'))
const line = (name, version, size, what) => `| ${name} | ${version} | ${(size / 1_000).toFixed(1)} kB | ${what} |\n`

let table = '| Library | Version | Size | What is in it |\n|---|---|---|---|\n'
const { version } = await read('../package.json')
for (const [name, code, what, external] of ours) {
  table += line(`\`@carillon/client\`, ${name}`, version, await sizeOf({ code, folder: `${here}..`, external }), what)
}
const { devDependencies: versions } = await read('package.json')
for (const [name, code, what] of others) {
  table += line(`\`${name}\``, versions[name], await sizeOf({ code, folder: here }), what)
}
console.log(table)

const text = await readFile(readme, 'utf8')
const [before, rest = ''] = text.split(BEGIN)
const [, after] = rest.split(END)
if (after === undefined) throw new Error(`README.md: no place for the table (expected: ${BEGIN.trim()} and ${END})`)
await writeFile(readme, before + BEGIN + table + END + after)
