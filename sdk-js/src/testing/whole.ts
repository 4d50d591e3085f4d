import type { Item } from '../wire.js'

/**
 * Each message once, as the operations on it left it, at its own position: 12.6 to 12.8.
 *
 * @param items messages and operations, the oldest first
 */
export function whole(items: readonly Item[], epoch: number): readonly Item[] {
  const messages = new Map<number, Item>()
  const newest = new Map<string, number>()
  for (const item of items) {
    const place = item.op ? newest.get(item.ref ?? '') : item.o
    if (place === undefined) continue
    const target = messages.get(place)
    if (!item.op && item.id !== undefined) newest.set(item.id, place)
    messages.set(place, target ? { ...changedBy(target, item), v: { e: epoch, o: item.o } } : item)
  }
  return [...messages.values()]
}

function changedBy(target: Item, { op, n, d, x, enc }: Item): Item {
  if (op === 'append') return { ...target, d: joined(target, d), ...(x && { x }) }
  const { d: _data, x: _extras, enc: _coding, ...rest } = target
  if (op === 'delete') return { ...rest, del: true }
  return { ...rest, n, d, ...(enc && { enc }), ...(x && { x }) }
}

function joined({ d: before, enc }: Item, more: unknown): unknown {
  return enc ? btoa(atob(String(before)) + atob(String(more))) : `${before}${more}`
}

/** 12.1: whether an append has data of the kind that is there. */
export function joins(target: Item, { d, enc }: Pick<Item, 'd' | 'enc'>): boolean {
  return typeof d === 'string' && typeof target.d === 'string' && enc === target.enc
}
