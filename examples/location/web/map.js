import { onSignal, signal } from '@carillon/client'
import { colorOf, rt, showState, user } from '/common/page.js'

const canvas = document.querySelector('canvas')
const pen = canvas.getContext('2d')
const list = document.querySelector('ul')
const fleet = rt.channel('fleet:city')
/** Nothing is heard of a bus for so long: it is shown pale. */
const OLD_MILLIS = 3_000
const REPEAT_MILLIS = 2_000

// #region newest
/** By key: where it is, and where it is drawn, which follows. */
const seen = new Map()

onSignal(fleet, 'position', ({ key, member, data }) => {
  const before = seen.get(key)
  seen.set(key, { ...data, member, at: Date.now(), shown: before?.shown ?? data })
})
// #endregion newest

// #region own
function move(event) {
  const { left, top, width, height } = canvas.getBoundingClientRect()
  const x = Math.round(((event.clientX - left) * canvas.width) / width)
  const y = Math.round(((event.clientY - top) * canvas.height) / height)
  own = { x, y }
  signal(fleet, 'position', own, user) // as often as it moves: of what is sent within 40 ms only the newest goes out
}

let own
fleet.presence.enter()
fleet.presence.subscribe(({ members, synced }) => {
  document.querySelector('.people').textContent = [...new Set(members.map(({ clientId }) => clientId))].sort().join(', ')
  if (!synced) return
  for (const [key, { member }] of seen) if (!key.startsWith('bus-') && !members.some((each) => each.key === member)) seen.delete(key)
})
// nothing keeps a signal: who has just come, or was away, hears of this one soon
setInterval(() => own && signal(fleet, 'position', own, user), REPEAT_MILLIS)
// #endregion own

canvas.addEventListener('pointermove', (event) => event.buttons > 0 && move(event))
canvas.addEventListener('pointerdown', move)

/** Between two positions it moves smoothly. */
function step({ x, y, shown }) {
  return { x: shown.x + (x - shown.x) * 0.15, y: shown.y + (y - shown.y) * 0.15 }
}

function draw() {
  pen.clearRect(0, 0, canvas.width, canvas.height)
  pen.strokeStyle = getComputedStyle(canvas).color
  pen.lineWidth = 22
  for (let at = 100; at < 1_000; at += 200) {
    pen.strokeRect(at, -50, 0, 1_100)
    pen.strokeRect(-50, at, 1_100, 0)
  }
  for (const [key, thing] of seen) {
    thing.shown = step(thing)
    mark(key, thing.shown, Date.now() - thing.at > OLD_MILLIS && key.startsWith('bus-') ? 0.3 : 1)
  }
  if (own) mark(user, own, 1)
  requestAnimationFrame(draw)
}

function mark(key, { x, y }, alpha) {
  pen.globalAlpha = alpha
  pen.fillStyle = colorOf(key)
  pen.beginPath()
  pen.arc(x, y, 18, 0, 2 * Math.PI)
  pen.fill()
  pen.fillStyle = getComputedStyle(document.body).color
  pen.font = '600 28px system-ui, sans-serif'
  pen.textAlign = x > 850 ? 'right' : 'left'
  pen.fillText(key, x > 850 ? x - 26 : x + 26, y + 10)
  pen.globalAlpha = 1
}

/** For who does not see the picture. */
setInterval(() => {
  const lines = [...seen].sort(([a], [b]) => a.localeCompare(b)).map(([key, { x, y }]) => `${key}: ${Math.round(x)}, ${Math.round(y)}`)
  list.replaceChildren(
    ...lines.map((text) => {
      const line = document.createElement('li')
      line.textContent = text
      return line
    }),
  )
}, 500)
showState()
draw()
