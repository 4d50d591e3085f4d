import { createHash } from 'node:crypto'
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitepress'
import { fileCaptions } from '../fences.js'
import { BASE, copySources, deadLinks, repositoryLinks, slugify } from '../links.js'
import { pageOf, root, sections } from '../pages.js'

const navigation = sections()
const first = (text) => navigation.find((section) => section.text === text)?.items[0]?.link

const here = fileURLToPath(import.meta.url)

/** Pages are outside of this folder, where its packages are not found. */
const ownPackages = {
  name: 'own-packages',
  enforce: 'pre',
  resolveId(source, importer) {
    if (!/^vue(\/|$)/.test(source) || importer === undefined || importer.includes('/node_modules/')) return undefined
    return this.resolve(source, here, { skipSelf: true })
  },
}

/** What may run on the pages: their own files, and the few scripts that stand in them, by their hash. */
function policyOf(out) {
  const hashes = new Set()
  for (const page of readdirSync(out, { recursive: true }).filter((name) => name.endsWith('.html'))) {
    for (const [, attributes, text] of readFileSync(join(out, page), 'utf8').matchAll(/<script\b([^>]*)>([^]*?)<\/script>/g)) {
      if (/\bsrc=/.test(attributes) || text === '') continue
      hashes.add(`'sha256-${createHash('sha256').update(text).digest('base64')}'`)
    }
  }
  return [
    "default-src 'none'",
    `script-src 'self' ${[...hashes].sort().join(' ')}`,
    "style-src 'self'",
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

export default defineConfig({
  title: 'Carillon',
  description: 'A real-time server of your own',
  lang: 'en',
  base: BASE,
  srcDir: root,
  srcExclude: ['**/target/**', '**/data/**', '**/dist/**', 'docs/site/test/**'],
  outDir: 'dist',
  rewrites: pageOf,
  cleanUrls: true,
  head: [['link', { rel: 'icon', href: `${BASE}bell.svg` }]],
  metaChunk: true,
  // otherwise a style element is made, which the policy does not allow
  appearance: { disableTransition: false },
  lastUpdated: false,
  markdown: {
    anchor: { slugify },
    config: (markdown) => {
      repositoryLinks(markdown)
      fileCaptions(markdown)
    },
  },
  vite: { plugins: [ownPackages], build: { chunkSizeWarningLimit: 2_000 } },
  themeConfig: {
    search: { provider: 'local', options: { detailedView: 'auto' } },
    outline: [2, 3],
    externalLinkIcon: true,
    sidebar: navigation,
    nav: [
      { text: 'Start', link: '/start/overview' },
      { text: 'Concepts', link: first('Concepts') },
      { text: 'Guides', link: first('Guides') },
      { text: 'Reference', link: first('Reference') },
      { text: 'Running it', link: first('Running it') },
    ].filter(({ link }) => link),
  },
  async buildEnd({ outDir }) {
    copySources(outDir)
    copyFileSync(`${root}console/public/bell.svg`, join(outDir, 'bell.svg'))
    const dead = deadLinks(outDir)
    if (dead.length > 0) throw new Error(`${dead.length} links lead nowhere:\n  ${dead.join('\n  ')}`)
    writeFileSync(join(outDir, 'policy.txt'), policyOf(outDir))
  },
})
