import { execFileSync } from 'node:child_process'
import { access, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'

test('every link leads somewhere, and every public name of the library is documented', async (context) => {
  const out = await mkdtemp(join(tmpdir(), 'carillon-docs-'))
  context.after(() => rm(out, { recursive: true, force: true }))
  execFileSync('node', [new URL('../build.js', import.meta.url).pathname, out], { stdio: ['ignore', 'inherit', 'inherit'] })
  for (const page of ['index.html', 'docs/README.html', 'README.html', 'js/index.html']) await access(join(out, page))
})
