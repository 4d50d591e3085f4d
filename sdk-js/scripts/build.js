// dist/ holds ES modules with their types; dist/cjs/ the same files for require.
import { cp, readdir, rm, writeFile } from 'node:fs/promises'
import { execFileSync } from 'node:child_process'
import { build } from 'esbuild'

const root = new URL('..', import.meta.url)
process.chdir(root.pathname)
await rm('dist', { recursive: true, force: true })
execFileSync('node_modules/.bin/tsc', { stdio: 'inherit' })

const sources = (await readdir('src', { recursive: true })).filter((name) => /\.tsx?$/.test(name))
await build({
  entryPoints: sources.map((name) => `src/${name}`),
  outdir: 'dist/cjs',
  format: 'cjs',
  target: 'es2022',
  // so that what is loaded late is required as well
  supported: { 'dynamic-import': false },
  jsx: 'automatic',
  logLevel: 'warning',
})
for (const name of await readdir('dist', { recursive: true })) {
  if (name.endsWith('.d.ts') && !name.startsWith('cjs')) await cp(`dist/${name}`, `dist/cjs/${name}`)
}
await writeFile('dist/cjs/package.json', '{ "type": "commonjs", "sideEffects": false }\n')
