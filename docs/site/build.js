// Pages and the reference of the JavaScript library, into the folder that is named. Fails when a link leads nowhere or
// a public name is not documented. `./carillon docs` adds the reference of the Java library.
import { execFileSync } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import { render } from './pages.js'

const out = resolve(process.argv[2])
process.chdir(new URL('.', import.meta.url).pathname)

await rm(out, { recursive: true, force: true })
const problems = await render('../..', out)
for (const problem of problems) console.error(problem)
execFileSync('node_modules/.bin/typedoc', ['--out', `${out}/js`], { stdio: 'inherit' })
process.exit(problems.length > 0 ? 1 : 0)
