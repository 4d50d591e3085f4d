// The Markdown files of the repository as pages, with links that lead from one to the other.
import { cp, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { dirname, join, normalize, relative } from 'node:path'
import markdownIt from 'markdown-it'

const LEFT_OUT = new Set(['node_modules', 'target', 'dist', 'data', '.git'])
const markdown = markdownIt({ html: true })

/** Paths of all files, from the folder on. */
async function filesOf(root, folder = '') {
  const entries = await readdir(join(root, folder), { withFileTypes: true })
  const found = entries
    .filter(({ name }) => !LEFT_OUT.has(name))
    .map((entry) => {
      const path = join(folder, entry.name)
      return entry.isDirectory() ? filesOf(root, path) : [path]
    })
  return (await Promise.all(found)).flat()
}

/** What a heading is linked by, as code hosts make it. */
function slug(text) {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-')
}

/** A file as tokens, and what can be linked in it. */
function parse(text) {
  const tokens = markdown.parse(text, {})
  const anchors = new Set([...text.matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id))
  tokens.forEach((token, at) => {
    if (token.type !== 'heading_open') return
    const written = tokens[at + 1].children.map(({ type, content }) => (type === 'html_inline' ? '' : content)).join('')
    token.attrSet('id', slug(written))
    anchors.add(slug(written))
  })
  const title = tokens.find(({ type }, at) => tokens[at - 1]?.type === 'heading_open' && type === 'inline')
  return { tokens, anchors, title: title?.content ?? '' }
}

const linksOf = (tokens) =>
  tokens.flatMap(({ children }) => (children ?? []).filter(({ type }) => type === 'link_open'))

const page = (title, up, body) => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${markdown.utils.escapeHtml(title)}</title>
<link rel="stylesheet" href="${up}style.css">
<nav>
<a href="${up}docs/README.html">Documentation</a>
<a href="${up}js/index.html">JavaScript reference</a>
<a href="${up}java/index.html">Java reference</a>
</nav>
${body}
`

/**
 * Writes a page for each Markdown file and copies what they link to.
 *
 * @returns links that lead nowhere, as sentences
 */
export async function render(root, out) {
  const paths = await filesOf(root)
  const known = new Set(paths)
  const texts = new Map()
  for (const path of paths.filter((each) => each.endsWith('.md'))) {
    texts.set(path, parse(await readFile(join(root, path), 'utf8')))
  }
  const problems = []
  const copied = new Set()

  /** Where a link of a page leads, from the root on. */
  const targetOf = async (from, path) => {
    const target = path === '' ? from : normalize(join(dirname(from), path)).replace(/\/$/, '')
    if (texts.has(target)) return target
    if (known.has(target)) {
      copied.add(target)
      return target
    }
    if (texts.has(join(target, 'README.md'))) return join(target, 'README.md')
    const folder = await stat(join(root, target)).catch(() => undefined)
    return folder?.isDirectory() ? '' : undefined
  }

  for (const [path, { tokens, title }] of texts) {
    for (const link of linksOf(tokens)) {
      const href = link.attrGet('href')
      if (/^[a-z]+:/.test(href)) continue
      const [to, anchor] = href.split('#')
      const target = await targetOf(path, decodeURI(to))
      if (target === undefined) problems.push(`${path}: ${href} (expected: a file)`)
      else if (anchor && !texts.get(target)?.anchors.has(anchor)) problems.push(`${path}: ${href} (expected: a heading)`)
      if (!target) continue
      const there = relative(dirname(path), target).replace(/\.md$/, '.html')
      link.attrSet('href', anchor ? `${there}#${anchor}` : there)
    }
    const file = join(out, path.replace(/\.md$/, '.html'))
    await mkdir(dirname(file), { recursive: true })
    const body = markdown.renderer.render(tokens, markdown.options, {})
    await writeFile(file, page(title, '../'.repeat(path.split('/').length - 1), body))
  }
  for (const path of copied) {
    await mkdir(join(out, dirname(path)), { recursive: true })
    await cp(join(root, path), join(out, path))
  }
  await cp(new URL('style.css', import.meta.url), join(out, 'style.css'))
  await writeFile(join(out, 'index.html'), '<!doctype html>\n<meta http-equiv="refresh" content="0; url=docs/README.html">\n')
  return problems
}
