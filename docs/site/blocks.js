// Every fenced block of the documentation, and how a test knows that it is true.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { root } from './pages.js'

/** What becomes of a block, by its language and the words behind it. Others are not known, and the census fails. */
const KINDS = [
  // a part of a file that a test runs: the text is compared with its region
  { kind: 'region', of: ({ words }) => words.some((word) => word.startsWith('file=')) },
  // compiled by sdk-js/test/snippets.test.ts and sdk-java's SnippetsTest, which takes these folders
  { kind: 'compiled', of: ({ language, words }) => ['ts', 'tsx'].includes(language) && words.length === 0 },
  { kind: 'compiled', of: ({ document, language, words }) => language === 'java' && words.length === 0 && /^(docs|sdk-java)\//.test(document) },
  { kind: 'compiled and run', of: ({ language, words }) => ['ts', 'tsx'].includes(language) && words.join() === 'run' },
  // acceptance/js/test/documentation.test.js, against a started server
  { kind: 'run on a server', of: ({ language, words }) => ['sh', 'console', 'yaml'].includes(language) && words.join() === 'run' },
  // by hand, since they install, build or go on for ever: their sub-commands, scripts and files are looked for
  { kind: 'by hand', of: ({ language, words }) => language === 'sh' && words.length === 0 },
  // code of other libraries that are not here, to compare with
  { kind: 'of others', of: ({ language, words }) => language === 'js' && words.join() === 'others' },
  { kind: 'settings', of: ({ language, words }) => language === 'yaml' && words.join() === 'settings' },
  { kind: 'wire', of: ({ language, words }) => ['json', 'http'].includes(language) && words.length === 0 },
  // run by PostgresConsoleTest and by OutboxRelayTest, from the page
  { kind: 'statements', of: ({ document, language }) => language === 'sql' && ['docs/console.md', 'relay/README.md'].includes(document) },
  // what programs print, and drawings
  { kind: 'shown', of: ({ language, words }) => language === 'text' && words.length === 0 },
]

const FENCED = /^( *)```([^\n`]*)\n([^]*?)^\1```$/gm

export function documents() {
  return execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '*.md'], { cwd: root, encoding: 'utf8' })
    .split('\0')
    .filter((name) => name && !name.startsWith('docs/decisions/') && !name.startsWith('docs/site/') && name !== 'CHANGELOG.md')
}

export function blocksOf(document, text = readFileSync(root + document, 'utf8')) {
  return [...text.matchAll(FENCED)].map(({ 1: indent, 2: info, 3: written, index }) => {
    const [language = '', ...words] = info.trim().split(/\s+/)
    const block = {
      document,
      line: text.slice(0, index).split('\n').length,
      language,
      words,
      text: written.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
    }
    return { ...block, place: `${document}:${block.line}`, kind: KINDS.find(({ of }) => of(block))?.kind }
  })
}

export const blocks = () => documents().flatMap((document) => blocksOf(document))

/** Lines between `#region name` and `#endregion name` of a file, without what all of them are indented by. */
export function region(file, name, source = readFileSync(root + file, 'utf8')) {
  const lines = source.split('\n')
  if (!name) return dedented(lines)
  const at = lines.findIndex((line) => new RegExp(`#region ${name}\\b`).test(line))
  const end = lines.findIndex((line) => new RegExp(`#endregion ${name}\\b`).test(line))
  if (at < 0 || end < at) throw new Error(`${file}: no region ${name} (expected: // #region ${name}, later // #endregion ${name})`)
  return dedented(lines.slice(at + 1, end))
}

function dedented(lines) {
  const depth = Math.min(...lines.filter((line) => line.trim() !== '').map((line) => /^ */.exec(line)[0].length))
  return `${lines.map((line) => line.slice(depth)).join('\n').replace(/\n+$/, '')}\n`
}

/** The file and the region that a block says it is. */
export function sourceOf({ words }) {
  const [file, name] = words.find((word) => word.startsWith('file=')).slice('file='.length).split('#')
  return { file, name }
}
