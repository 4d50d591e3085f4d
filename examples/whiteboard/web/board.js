import { onSignal, signal } from '@carillon/client'
import { colorOf, rt, showState, user } from '/common/page.js'
import { apply, paint } from './drawing.js'

const canvas = document.querySelector('canvas')
const cursors = document.querySelector('.cursors')
const count = document.querySelector('output.count')
const pen = document.forms.pen.elements
pen.color.value = user === 'bob' ? '#b3261e' : '#2456c8'

// #region open
// the snapshot, and the position that is in it: what follows comes from the log, without hole or repeat
const saved = await (await fetch('/drawing')).json()
let strokes = saved.strokes
const board = rt.channel('board:demo', { since: saved.position })

board.on('*', (event) => {
  pending.delete(event.id)
  strokes = apply(strokes, event)
  show()
})
board.on('gap', () => location.reload()) // away for longer than the log is kept: begin anew
// #endregion open

// #region draw
/** What was drawn here and is not in the log yet; it waits while there is no network. */
const pending = new Map()

async function draw(stroke) {
  const id = crypto.randomUUID()
  pending.set(id, stroke)
  show()
  await board.publish('stroke', stroke, { id }).catch((error) => {
    pending.delete(id)
    show()
    alert(`Not drawn: ${error.message}`)
  })
}

function show() {
  const all = [...strokes, ...pending.values()]
  paint(canvas, current ? [...all, current] : all)
  count.value = `${strokes.length} strokes${pending.size > 0 ? `, ${pending.size} waiting` : ''}`
}
// #endregion draw

/** The stroke that is being drawn. */
let current
const POINTS_MAX = 500

/** From the page's pixels to the board's, which are the same on every screen. */
function pointOf({ clientX, clientY }) {
  const { left, top, width, height } = canvas.getBoundingClientRect()
  return [Math.round(((clientX - left) * canvas.width) / width), Math.round(((clientY - top) * canvas.height) / height)]
}

function finish() {
  const stroke = current
  current = undefined
  if (stroke) draw(stroke)
}

canvas.addEventListener('pointerdown', (event) => {
  canvas.setPointerCapture(event.pointerId)
  current = { color: pen.color.value, width: Number(pen.width.value), points: [pointOf(event)] }
  show()
})
canvas.addEventListener('pointermove', (event) => {
  // #region cursor
  const [x, y] = pointOf(event)
  signal(board, 'cursor', { x, y }) // to whoever is here now, 25 times a second at most; kept nowhere
  // #endregion cursor
  if (!current) return
  current.points.push([x, y])
  show()
  if (current.points.length >= POINTS_MAX) finish()
})
canvas.addEventListener('pointerup', finish)
canvas.addEventListener('pointercancel', finish)
document.forms.pen.addEventListener('submit', (event) => {
  event.preventDefault()
  board.publish('clear', {}).catch((error) => alert(`Not cleared: ${error.message}`))
})

// #region cursors
onSignal(board, 'cursor', ({ member, clientId, data }) => {
  let mark = cursors.querySelector(`[data-member="${CSS.escape(member)}"]`)
  if (!mark) {
    mark = document.createElement('span')
    mark.dataset.member = member
    mark.textContent = clientId
    mark.style.background = colorOf(clientId)
    cursors.append(mark)
  }
  mark.style.left = `${(data.x / canvas.width) * 100}%`
  mark.style.top = `${(data.y / canvas.height) * 100}%`
})
// nobody takes a signal back, so presence says whose cursor is to go
board.presence.subscribe(({ members }) => {
  document.querySelector('.people').textContent = [...new Set(members.map((each) => each.clientId))].sort().join(', ')
  for (const mark of cursors.children) if (!members.some(({ key }) => key === mark.dataset.member)) mark.remove()
})
board.presence.enter()
// #endregion cursors
showState()
show()
