// What an application pays for each part: minified for browsers, gzip -9. Fails over a budget.
import { sizeOf } from './measure.js'

process.chdir(new URL('..', import.meta.url).pathname)

/** Bytes. What a part imports of the core, or of another part, is not counted again: it is there already. */
const parts = [
  { name: 'core', code: "export { Carillon, CarillonError } from './dist/index.js'", budget: 7_000, external: ['./dist/fallback/*'] },
  { name: 'stream', entry: 'dist/stream.js', budget: 700, external: ['./dist/errors.js'] },
  { name: 'signals', entry: 'dist/signals.js', budget: 600, external: ['./dist/emitter.js'] },
  { name: 'typing', entry: 'dist/typing.js', budget: 500, external: ['./dist/emitter.js', './dist/signals.js'] },
  { name: 'fallback', entry: 'dist/fallback/index.js', budget: 2_048, external: ['./dist/link.js'] },
  { name: 'msgpack', entry: 'dist/msgpack/index.js', budget: 2_500, external: ['./dist/link.js'] },
  { name: 'pusher', entry: 'dist/pusher/index.js', budget: 1_600, external: [] },
  { name: 'react', entry: 'dist/react/index.js', budget: 2_050, external: ['react', './dist/emitter.js', './dist/typing.js'] },
]

let over = 0
console.log('part        gzip   budget')
for (const { name, entry, code = `export * from './${entry}'`, external, budget } of parts) {
  const size = await sizeOf({ code, external })
  const verdict = size > budget ? '  OVER' : ''
  over += size > budget ? 1 : 0
  console.log(`${name.padEnd(9)} ${String(size).padStart(6)} ${String(budget).padStart(8)}${verdict}`)
}
process.exit(over > 0 ? 1 : 0)
