// The backend of the dashboard: it measures something twice a second, and publishes by plain HTTP.
import { loadavg } from 'node:os'
import { memoryUsage } from 'node:process'
import { fileURLToPath } from 'node:url'
import { rest, serve } from '../common/backend.js'

const PERIOD_MILLIS = 500

// #region rule
await rest('PUT', '/v1/rules/metrics:*', {
  publish: 'server', // the application's key is in the page, and may read, but nobody may publish with it
  hot: { seconds: 300, messages: 1_000 }, // what a page that opens, or comes back, can be given
  events: ['sample'],
})
// #endregion rule

// #region publish
let number = 0

async function sample() {
  const before = performance.now()
  number += 1
  const data = { number, load: round(loadavg()[0]), memory: round(memoryUsage.rss() / 1_048_576), latency: round(latency) }
  await rest('POST', '/v1/channels/metrics:web/messages', { name: 'sample', data })
  latency = performance.now() - before // of publishing, shown with the next sample
}
// #endregion publish

let latency = 0
const round = (value) => Math.round(value * 100) / 100
// a sample that cannot be published is left out: the next one comes soon
const timer = setInterval(() => sample().catch((error) => console.error(error.message)), PERIOD_MILLIS)

await serve({
  folder: fileURLToPath(new URL('.', import.meta.url)),
  hint: (base) => `Dashboard: open ${base}`,
  closed: () => clearInterval(timer),
})
