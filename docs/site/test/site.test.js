import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { deadLinks, slugify } from '../links.js'
import { pageOf, root, sections } from '../pages.js'

const folder = fileURLToPath(new URL('..', import.meta.url))
const dist = join(folder, 'dist')
const bytesMax = 20_000_000

describe('the site', () => {
  // fails by itself when a link leads nowhere, or a public name of the library is not documented
  before(() => execFileSync('npm', ['run', 'build'], { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'] }))
  const files = () => readdirSync(dist, { recursive: true })
  const html = () => files().filter((name) => name.endsWith('.html')).map((name) => [name, readFileSync(join(dist, name), 'utf8')])

  test('has the pages, the references and a page for what is not there', () => {
    for (const page of ['index', '404', 'start/overview', 'errors', 'reference/rest/publishing', 'reference/js/client', 'protocol/carillon-v1', 'decisions/index']) {
      assert.ok(existsSync(join(dist, `${page}.html`)), page)
    }
    assert.match(readFileSync(join(dist, 'reference/rest/publishing.html'), 'utf8'), /Publish a message to a channel/)
  })

  test('takes nothing from elsewhere', () => {
    for (const [name, text] of html()) assert.doesNotMatch(text, /<(script|img|iframe)[^>]* src="(https?:)?\/\/|<link[^>]* href="(https?:)?\/\//, name)
  })

  test('has a policy that lets run nothing but its own scripts', () => {
    const policy = readFileSync(join(dist, 'policy.txt'), 'utf8')
    const scripts = /script-src ([^;]*)/.exec(policy)[1].split(' ')
    assert.ok(scripts.every((each) => each === "'self'" || each.startsWith("'sha256-")), policy)
    assert.ok(scripts.length < 6, policy)
    assert.match(policy, /default-src 'none'/)
    for (const [name, text] of html()) assert.doesNotMatch(text, /<[^>]+ on(click|load|error)=/, name)
  })

  test('is small', () => {
    const bytes = files().map((name) => statSync(join(dist, name))).filter((each) => each.isFile()).reduce((sum, { size }) => sum + size, 0)
    assert.ok(bytes < bytesMax, `${bytes} bytes (expected: fewer than ${bytesMax})`)
  })

  test('has each page of docs once in its navigation', () => {
    const links = sections().flatMap(({ items }) => items.map(({ link }) => link))
    assert.equal(new Set(links).size, links.length)
    const pages = readdirSync(join(root, 'docs'), { recursive: true })
      .filter((name) => name.endsWith('.md') && !name.startsWith('site/') && name !== 'README.md' && !name.startsWith('protocol/vectors'))
      .map((name) => `/${pageOf(`docs/${name}`).replace(/(index)?\.md$/, '')}`)
    assert.deepEqual(pages.filter((page) => !links.includes(page)), [])
  })
})

test('links that lead nowhere are found, to pages and to headings', (context) => {
  const out = mkdtempSync(join(tmpdir(), 'carillon-site-'))
  context.after(() => rmSync(out, { recursive: true, force: true }))
  mkdirSync(join(out, 'guides'))
  writeFileSync(join(out, 'index.html'), '<a href="/docs/guides/chat#there"></a><a href="/docs/guides/chat#missing"></a><a href="/docs/gone"></a>')
  writeFileSync(join(out, 'guides/chat.html'), '<h2 id="there"></h2><a href="/docs/"></a><a class="x" href="/elsewhere"></a><a href="https://example.com"></a>')
  const dead = deadLinks(out).filter((each) => /^(index|guides)/.test(each))
  assert.deepEqual(dead, [
    'guides/chat.html: /elsewhere (expected: a page)',
    'index.html: /docs/gone (expected: a page)',
    'index.html: /docs/guides/chat#missing (expected: a heading)',
  ])
})

test('headings are linked by what code hosts make of them', () => {
  assert.equal(slugify('An answer that grows'), 'an-answer-that-grows')
  assert.equal(slugify('React: `@carillon/client/react`'), 'react-carillonclientreact')
})
