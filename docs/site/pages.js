// Which Markdown file of the repository is which page, and where the navigation has it.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))

const MOVED = {
  'docs/site/index.md': 'index.md',
  'docs/README.md': 'all.md',
  'README.md': 'start/overview.md',
  'CHANGELOG.md': 'changelog.md',
  'docs/site/generated/js/index-1.md': 'reference/js/client.md',
}

/** The page of a Markdown file: both as paths, from the repository's and from the site's root on. */
export function pageOf(file) {
  if (MOVED[file]) return MOVED[file]
  if (file.startsWith('docs/site/generated/')) return file.replace('docs/site/generated/', 'reference/')
  if (file.startsWith('docs/')) return file.replace('docs/', '').replace(/README\.md$/, 'index.md')
  return `modules/${file}`.replace(/README\.md$/, 'index.md')
}

const SECTIONS = {
  Start: ['README.md', 'docs/start/*', 'docs/cli.md', 'docs/console.md', 'CHANGELOG.md'],
  Concepts: ['docs/concepts/*'],
  Guides: ['docs/guides/*', 'docs/recipes.md', 'docs/migrating/*', 'docs/webhooks.md', 'relay/README.md', 'examples/README.md', 'examples/*'],
  Reference: [
    'docs/site/generated/rest/*', 'sdk-js/README.md', 'docs/site/generated/js/*', 'sdk-java/README.md', 'docs/errors.md', 'docs/limits.md', 'docs/metering.md', 'docs/configuration.md', 'docs/metrics.md', 'docs/glossary.md',
  ],
  'Running it': ['deploy/README.md', 'docs/runbooks.md', 'docs/security.md', 'docs/backup.md', 'docs/upgrade.md', 'docs/capacity.md', 'docs/benchmarks.md', 'docs/redis-figures.md', 'docs/chaos.md', 'docs/simulation.md', 'docs/*'],
  Protocols: ['docs/protocol/*'],
  Decisions: ['docs/decisions/README.md', 'docs/decisions/*'],
}

/** What is first in a folder, for there it is not the alphabet that says it. */
const ORDER = {
  'docs/start': ['javascript', 'node', 'react', 'java', 'http', 'pusher'],
  'docs/concepts': ['apps-and-keys', 'channels', 'positions', 'guarantees', 'presence', 'tokens', 'users', 'limits', 'webhooks', 'slow-consumers', 'encrypted'],
  'docs/guides': ['chat-with-history', 'notifications', 'live-dashboard', 'location', 'collaborative-editing', 'webrtc-signalling', 'laravel-echo', 'transports', 'testing', 'pusher-server', 'rotating-keys', 'security', 'scaling'],
  'docs/site/generated/rest': ['index', 'publishing', 'channels', 'tokens', 'rules', 'realtime', 'console-apps', 'console-webhooks', 'console-teams', 'console-accounts', 'operator', 'others'],
  'docs/protocol': ['carillon-v1'],
}

const place = (folder) => (name) => {
  const at = (ORDER[folder] ?? []).indexOf(name.replace(/\.md$/, ''))
  return at < 0 ? 1000 : at
}

function filesOf(pattern) {
  if (!pattern.endsWith('/*')) return existsSync(root + pattern) ? [pattern] : []
  const folder = pattern.slice(0, -2)
  if (!existsSync(root + folder)) return []
  const placed = place(folder)
  return readdirSync(root + folder, { withFileTypes: true })
    .map((entry) => (entry.isDirectory() ? `${entry.name}/README.md` : entry.name))
    .filter((name) => name.endsWith('.md') && existsSync(posix.join(root, folder, name)) && !isMeta(folder, name))
    .sort((a, b) => placed(a) - placed(b) || a.localeCompare(b))
    .map((name) => `${folder}/${name}`)
}

/** Lists of what the navigation lists itself. */
const isMeta = (folder, name) =>
  (folder === 'docs' && (name === 'README.md' || name.includes('/'))) || (folder === 'docs/site/generated/js' && name === 'index.md')

const headingOf = (file) =>
  (/^# (.*)$/m.exec(readFileSync(root + file, 'utf8'))?.[1] ?? file).replace(/[`*]/g, '').replace(/\\(.)/g, '$1')

/** The navigation: each page in the first section that names it; pages that do not exist are left out. */
export function sections() {
  const taken = new Set()
  return Object.entries(SECTIONS)
    .map(([text, patterns]) => {
      const files = [...new Set(patterns.flatMap(filesOf))].filter((file) => !taken.has(file))
      for (const file of files) taken.add(file)
      const items = files.map((file) => ({ text: headingOf(file), link: `/${pageOf(file).replace(/(index)?\.md$/, '')}` }))
      return { text, collapsed: text !== 'Start', items }
    })
    .filter(({ items }) => items.length > 0)
}
