/** A line of values as SVG in a box of 300 by 80, from zero or the smallest to the largest. */
export function line(values) {
  const top = Math.max(...values)
  const low = Math.min(0, ...values)
  const points = values.map((value, at) => {
    const x = values.length === 1 ? 300 : (at * 300) / (values.length - 1)
    return `${x.toFixed(1)},${(78 - ((value - low) * 74) / (top - low || 1)).toFixed(1)}`
  })
  return `<polygon points="0,80 ${points.join(' ')} 300,80" /><polyline points="${points.join(' ')}" />`
}
