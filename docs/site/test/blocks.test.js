import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { join } from 'node:path'
import { blocks, blocksOf, region, sourceOf } from '../blocks.js'
import { root } from '../pages.js'

const all = blocks()
const of = (kind) => all.filter((block) => block.kind === kind)

test('each block of the documentation is of a kind that a test knows', () => {
  const unknown = all.filter(({ kind }) => kind === undefined)
  assert.deepEqual(unknown.map(({ place, language, words }) => `${place}: \`\`\`${[language, ...words].join(' ')} (expected: a kind of docs/site/blocks.js)`), [])
  console.log(`${all.length} blocks: ${[...new Set(all.map(({ kind }) => kind))].map((kind) => `${kind} ${of(kind).length}`).join(', ')}`)
})

test('a block of no known kind would be found', () => {
  assert.deepEqual(blocksOf('x.md', '```js\nalert()\n```\n\n  ```sh run\n  echo\n  ```\n').map(({ kind, text }) => [kind, text]), [
    [undefined, 'alert()\n'],
    ['run on a server', 'echo\n'],
  ])
})

describe('a part of a file is what the file has', () => {
  for (const block of of('region')) {
    test(block.place, () => {
      const { file, name } = sourceOf(block)
      assert.equal(block.text, region(file, name))
    })
  }
})

test('what goes over the wire is JSON, and signed as it says', () => {
  for (const { place, language, text } of of('wire')) {
    const body = language === 'http' ? text.split('\n\n').slice(1).join('\n\n') : text
    if (body.trim() !== '') assert.doesNotThrow(() => JSON.parse(body), place)
    if (language === 'http') assert.match(text, /^([A-Z]+ \/\S*|HTTP\/1\.1 \d{3}.*)\n([\w-]+: .*\n)*(\n|$)/, place)
  }
  const [{ text }] = all.filter(({ document, language }) => document === 'docs/webhooks.md' && language === 'http')
  const secret = '7ad3773142a6692b25b8' // of the example in Pusher's own documentation
  const signature = createHmac('sha256', secret).update(text.split('\n\n')[1].trim()).digest('hex')
  assert.match(text, new RegExp(`X-Pusher-Key: 278d425bdf160c739803\nX-Pusher-Signature: ${signature}\n`))
})

test('code of other libraries is JavaScript', () => {
  for (const { place, text } of of('of others')) {
    assert.doesNotThrow(() => execFileSync('node', ['--input-type=module', '--check'], { input: `async () => {\n${text}}`, stdio: ['pipe', 'ignore', 'pipe'] }), place)
  }
})

describe('what is done by hand names what is there', () => {
  const script = readFileSync(`${root}carillon`, 'utf8')
  const commands = /case \$command in([^]*?)\nesac/.exec(script)[1]
  const scripts = (folder) => Object.keys(JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')).scripts ?? {})

  for (const { place, text } of of('by hand')) {
    test(place, () => {
      for (const [, command, options] of text.matchAll(/(?:^|[ ;&|(])\.\/carillon +([a-z]+)([^#\n|]*)/gm)) {
        assert.match(commands, new RegExp(`\\b${command}\\b`), `./carillon ${command}`)
        const help = existsSync(helpOf(command)) ? readFileSync(helpOf(command), 'utf8') : script
        for (const [option] of options.matchAll(/(?<= )--[a-z-]+/g)) assert.ok(help.includes(option), `./carillon ${command} ${option}`)
      }
      for (const [, name, folder] of text.matchAll(/npm run ([\w-]+) --prefix (\S+)/g)) assert.ok(scripts(folder).includes(name), `npm run ${name} in ${folder}`)
      for (const [, module] of text.matchAll(/mvn -pl ([\w/-]+)/g)) assert.ok(existsSync(join(root, module, 'pom.xml')), module)
      for (const [, name] of text.matchAll(/-Dtest=(\w+)/g)) assert.ok(hasTest(name), name)
      for (const [file] of text.matchAll(/[\w./-]+\.(java|mjs|html|yml|yaml|conf)\b/g)) assert.ok(isThere(file, place), file)
    })
  }
  const helpOf = (command) => `${root}deploy/standalone/src/main/resources/io/carillon/standalone/cli/help/${command}.txt`
  const tests = execFileSync('git', ['ls-files', '*Test.java'], { cwd: root, encoding: 'utf8' })
  const hasTest = (name) => tests.includes(`/${name}.java\n`)
  const isThere = (file, place) => existsSync(join(root, file)) || existsSync(join(root, place, '..', 'programs', file)) || /^(carillon|compose|docker-compose)\.ya?ml$/.test(file)
})

test('every example program is shown on a page', () => {
  const shown = new Set(of('region').map((block) => sourceOf(block).file))
  for (const name of readdirSync(`${root}docs/start/programs`)) assert.ok(shown.has(`docs/start/programs/${name}`), name)
})
