// What a board is: the fold of its events. Backend and page do the same with the same events, so they come to the same.

// #region apply
/** The strokes after one more event of the board's channel. */
export function apply(strokes, { name, id, data }) {
  if (name === 'clear') return []
  return name === 'stroke' ? [...strokes, { id, ...data }] : strokes
}
// #endregion apply

/** Draws all strokes anew, in their order: later ones cover earlier ones. */
export function paint(canvas, strokes) {
  const pen = canvas.getContext('2d')
  pen.fillStyle = '#fff'
  pen.fillRect(0, 0, canvas.width, canvas.height)
  pen.lineCap = pen.lineJoin = 'round'
  for (const { color, width, points } of strokes) {
    pen.strokeStyle = color
    pen.lineWidth = width
    pen.beginPath()
    for (const [x, y] of points) pen.lineTo(x, y)
    if (points.length === 1) pen.lineTo(points[0][0], points[0][1])
    pen.stroke()
  }
}
