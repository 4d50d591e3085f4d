// Fails when a page loads more script at first than a phone should wait for.
import { readFileSync, rmSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const bytesMax = 300_000;
const dist = new URL('../dist/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist)));

function closure(name, seen = new Set()) {
  if (!seen.has(name)) {
    seen.add(name);
    manifest[name].imports?.forEach((imported) => closure(imported, seen));
  }
  return seen;
}

const gzipped = (name) => gzipSync(readFileSync(new URL(manifest[name].file, dist)), { level: 9 }).length;
const first = closure('index.html');
const bytesOf = (names) => [...names].reduce((sum, name) => sum + gzipped(name), 0);

// Each page that is loaded when it is opened counts with what is there from the beginning.
let failed = false;
for (const entry of ['index.html', ...Object.keys(manifest).filter((name) => manifest[name].isDynamicEntry)]) {
  const bytes = bytesOf(new Set([...first, ...closure(entry)]));
  failed ||= bytes > bytesMax;
  console.log(`${entry}: ${bytes} bytes of script, gzipped (expected: up to ${bytesMax})`);
}
// Nothing of the build's own is served.
rmSync(new URL('.vite', dist), { recursive: true });
process.exit(failed ? 1 : 0);
