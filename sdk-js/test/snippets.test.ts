import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import type { Carillon } from '@carillon/client'
import type { TestServer } from '@carillon/client/testing'

const root = new URL('../../..', import.meta.url).pathname
const folder = `${root}sdk-js/target/snippets`
// of every page, so that a new one is not forgotten; docs/site/test/blocks.test.js looks after the other blocks
const listed = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], { cwd: root, encoding: 'utf8' }).stdout
const documents = listed.split('\n').filter((name) => name !== '' && !/^(docs\/decisions|docs\/site|CHANGELOG)/.test(name))

/** snippets/prelude.ts */
interface Prelude {
  prepare(): { readonly server: TestServer; readonly rt: Carillon }
}

interface Snippet {
  readonly name: string
  readonly file: string
  readonly text: string
  readonly runs: boolean
}

/** TypeScript between fences, each at the lines that it has in its document. */
function snippetsOf(document: string): Snippet[] {
  const text = readFileSync(root + document, 'utf8')
  return [...text.matchAll(/^```(tsx?)( run)?\n(.*?)^```$/gms)].map(({ 1: kind, 2: run, 3: code = '', index }) => {
    const line = text.slice(0, index).split('\n').length
    const name = `${document}:${line}`
    const file = `${document.replaceAll('/', '-')}-${line}.${kind}`
    return { name, file, text: '\n'.repeat(line) + code + '\nexport {}\n', runs: run !== undefined }
  })
}

const settings = {
  extends: '../../tsconfig.json',
  compilerOptions: {
    types: ['node'],
    skipLibCheck: true,
    jsx: 'react-jsx',
    declaration: false,
    // what an application usually has
    exactOptionalPropertyTypes: false,
    noUncheckedIndexedAccess: false,
    noUnusedLocals: false,
    rootDir: '../..',
    outDir: 'out',
  },
  include: ['.', '../../snippets'],
}

const snippets = documents.flatMap(snippetsOf)

test('the snippets of the documentation compile', () => {
  assert.ok(snippets.length > 8, `${snippets.length} snippets`)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (const { file, text } of snippets) writeFileSync(`${folder}/${file}`, text)
  writeFileSync(`${folder}/tsconfig.json`, JSON.stringify(settings))
  const { status, stdout } = spawnSync(`${root}sdk-js/node_modules/.bin/tsc`, ['-p', folder, '--pretty', 'false'], { encoding: 'utf8' })
  // the names of the files say the documents, and the lines are those of the documents
  assert.equal(status, 0, stdout)
})

for (const { name, file } of snippets.filter(({ runs }) => runs)) {
  test(`the snippet at ${name} runs`, { timeout: 60_000 }, async () => {
    const { prepare } = (await import(`${folder}/out/snippets/prelude.js`)) as Prelude
    const { server, rt } = prepare()
    const running = import(`${folder}/out/target/snippets/${file.replace(/tsx?$/, 'js')}`)
    let done = false
    const end = running.finally(() => (done = true))
    end.catch(() => {})
    while (!done) {
      await server.advance(10)
      await setImmediate() // the module is read in real time, however much of the other kind passes
    }
    await end
    assert.ok(server.heard.length > 0, 'it said nothing')
    rt.close()
  })
}
