import { line } from './chart.js'

const meta = (name) => document.querySelector(`meta[name=${name}]`).content
const state = document.querySelector('output.state')
const about = document.querySelector('output.count')
const table = document.querySelector('tbody')
/** Two minutes at two samples a second. */
const KEPT = 240
const ROWS = 20
const AGAIN_MILLIS = 3_000
let samples = []

// #region open
let position = { e: 0, o: 0 }

/** Nothing but what browsers have. They come back by themselves, with the id of the last event: it stands for the position. */
function open(cursor) {
  const from = cursor ? `cursor=${cursor}` : `ch=metrics:web&rewind=${KEPT}`
  const source = new EventSource(`${meta('carillon')}/v1/sse?key=${meta('key')}&${from}`)
  let newest = cursor

  source.addEventListener('msg', (event) => {
    newest = event.lastEventId || newest
    const { e, m } = JSON.parse(event.data)
    for (const item of m) {
      // what was on its way when the connection broke may come again
      if (e < position.e || (e === position.e && item.o <= position.o)) continue
      position = { e, o: item.o }
      samples = [...samples, { ...item.d, at: item.ts }].slice(-KEPT)
    }
    show()
  })
  source.addEventListener('subbed', (event) => {
    if (JSON.parse(event.data).recovered === false) samples = [] // a gap: away for longer than is kept
    say('connected')
  })
  source.onerror = () => {
    say('waiting')
    if (source.readyState !== EventSource.CLOSED) return // it comes back by itself
    setTimeout(() => open(newest), AGAIN_MILLIS) // it was refused, as by a server that is being restarted
  }
}
// #endregion open

function say(text) {
  state.className = `state ${text}`
  state.value = text
}

function show() {
  const newest = samples.at(-1)
  if (!newest) return
  for (const chart of document.querySelectorAll('figure')) {
    const { name, unit } = chart.dataset
    chart.querySelector('strong').textContent = `${newest[name]} ${unit}`
    chart.querySelector('svg').innerHTML = line(samples.map((each) => each[name]))
  }
  about.value = `${samples.length} samples, ${samples[0].number} to ${newest.number}`
  table.replaceChildren(...samples.slice(-ROWS).reverse().map(row))
}

function row(sample) {
  const cells = document.createElement('tr')
  for (const text of [sample.number, new Date(sample.at).toLocaleTimeString(), sample.load, sample.memory, sample.latency]) {
    cells.insertCell().textContent = text
  }
  return cells
}

open()
