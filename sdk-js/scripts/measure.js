// The one way in which sizes are measured, ours and those of others.
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

/**
 * Bytes that an application pays: bundled and minified for browsers as an ES module, then gzip -9.
 * `code` is what the application imports, seen from `folder`; `external` is left out.
 */
export async function sizeOf({ code, folder = '.', external = [] }) {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: folder },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    platform: 'browser',
    external,
    logLevel: 'warning',
  })
  return gzipSync(outputFiles[0].contents, { level: 9 }).length
}
