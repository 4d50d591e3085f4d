// Links as code hosts understand them, from file to file, made links of the site.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { pageOf, root } from './pages.js'

export const BASE = '/docs/'
const copied = new Set()
const dead = new Set()

/** What a heading is linked by, as code hosts make it. */
export const slugify = (text) =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-')

/** Where a link leads in the site, or undefined for what has no page: a folder without a README. */
function targetOf(from, href) {
  const [path, anchor] = href.split('#')
  const target = path === '' ? from : posix.normalize(posix.join(posix.dirname(from), decodeURI(path))).replace(/\/$/, '')
  const suffix = anchor ? `#${anchor}` : ''
  if (target.startsWith('..') || !existsSync(root + target)) {
    dead.add(`${from}: ${href} (expected: a file)`)
    return undefined
  }
  if (target.endsWith('.md')) return `/${pageOf(target)}${suffix}`
  if (!statSync(root + target).isDirectory()) return sourceLink(target)
  return existsSync(posix.join(root, target, 'README.md')) ? `/${pageOf(posix.join(target, 'README.md'))}${suffix}` : undefined
}

/** A file of the repository as text, which the site has beside its pages. */
export function sourceLink(file) {
  copied.add(file)
  return `${BASE}source/${file}.txt`
}

/** Rewrites the links of each page; VitePress looks after those that are pages. */
export function repositoryLinks(markdown) {
  markdown.core.ruler.push('repository-links', ({ tokens, env }) => {
    const from = (env.realPath ?? env.path).slice(root.length)
    if (from === 'docs/site/index.md') return
    for (const { children } of tokens) {
      for (const [at, token] of (children ?? []).entries()) {
        if (token.type !== 'link_open' || /^([a-z]+:|#)/.test(token.attrGet('href'))) continue
        const target = targetOf(from, token.attrGet('href'))
        if (target) token.attrSet('href', target)
        else unlink(children, at)
        if (target?.startsWith(`${BASE}source/`)) token.attrSet('target', '_self')
      }
    }
  })
}

function unlink(children, at) {
  const end = children.findIndex((token, index) => index > at && token.type === 'link_close')
  for (const token of [children[at], children[end]]) Object.assign(token, { type: 'text', tag: '', content: '', attrs: null, nesting: 0 })
}

/** Copies what pages link to. */
export function copySources(out) {
  for (const file of copied) {
    const to = join(out, 'source', `${file}.txt`)
    mkdirSync(dirname(to), { recursive: true })
    cpSync(root + file, to)
  }
}

/** Links of finished pages that lead nowhere in the site, anchors too, and those that led nowhere in the repository. */
export function deadLinks(out) {
  const pages = readdirSync(out, { recursive: true }).filter((name) => name.endsWith('.html') && name !== '404.html')
  const ids = new Map()
  const idsOf = (file) => {
    if (!ids.has(file)) ids.set(file, new Set([...readFileSync(file, 'utf8').matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id)))
    return ids.get(file)
  }
  for (const page of pages) {
    for (const [, href] of readFileSync(join(out, page), 'utf8').matchAll(/<a [^>]*?href="([^"]*)"/g)) {
      const { origin, pathname, hash } = new URL(href.replaceAll('&amp;', '&'), `http://site${BASE}${page}`)
      if (origin !== 'http://site') continue
      const file = pathname.startsWith(BASE) && fileOf(out, decodeURI(pathname.slice(BASE.length)))
      if (!file) dead.add(`${page}: ${href} (expected: a page)`)
      else if (hash && file.endsWith('.html') && !idsOf(file).has(decodeURIComponent(hash.slice(1)))) dead.add(`${page}: ${href} (expected: a heading)`)
    }
  }
  return [...dead].sort()
}

function fileOf(out, path) {
  const candidates = path === '' || path.endsWith('/') ? [`${path}index.html`] : [path, `${path}.html`, `${path}/index.html`]
  return candidates.map((each) => join(out, each)).find((file) => existsSync(file) && statSync(file).isFile())
}
