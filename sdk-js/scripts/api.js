// The public types, as dist/ has them, against api/: a change of what users see is seen in a review.
// --write takes the present state over.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

process.chdir(new URL('..', import.meta.url).pathname)

const { exports } = JSON.parse(await readFile('package.json', 'utf8'))
const write = process.argv.includes('--write')

/** The declarations of a file and of all that it takes from others, each once, in the order of use. */
async function declarations(file, seen) {
  if (seen.has(file)) return ''
  seen.add(file)
  const text = await readFile(file, 'utf8')
  const sources = [...text.matchAll(/from '(\.[^']*)'/g)].map(([, path]) => path.replace(/\.js$/, '.d.ts'))
  const own = text.replace(/^\s*\/\*\*[\s\S]*?\*\/\n/gm, '').replace(/^\s*\/\/.*\n/gm, '')
  let all = `// ${file}\n${own.trim()}\n`
  for (const source of sources) {
    const more = await declarations(join(dirname(file), source), seen)
    if (more) all += `\n${more}`
  }
  return all
}

let changed = 0
for (const [name, entry] of Object.entries(exports)) {
  if (typeof entry === 'string') continue
  const report = `api/${name === '.' ? 'index' : name.slice(2)}.api.d.ts`
  const now = await declarations(entry.import.types.slice(2), new Set())
  const before = await readFile(report, 'utf8').catch(() => '')
  if (now === before) continue
  if (write) {
    await mkdir('api', { recursive: true })
    await writeFile(report, now)
  } else {
    changed += 1
    console.error(`${report} is not what dist/ has (expected: the same; if it is meant, npm run api)`)
  }
}
process.exit(changed > 0 ? 1 : 0)
