import type { Message } from './message.js'

/**
 * What messages are after another item came: a message is added, an operation changes the one that it is about.
 * 12.8: the order is that of positions, and folding the same twice changes nothing.
 *
 * @param messages the oldest first
 * @returns the same array when nothing changed
 */
export function fold<D extends Message>(messages: readonly D[], item: D): readonly D[] {
  if (item.action === 'create') return [...messages, item]
  const at = messages.map(({ id }) => id).lastIndexOf(item.ref)
  const target = messages[at]
  if (!target || target.action === 'delete' || !isAfter(item, target.changed)) return messages
  const changed = changedBy(target, item)
  return changed ? [...messages.slice(0, at), changed, ...messages.slice(at + 1)] : messages
}

function isAfter(item: Message, position: Message['changed']): boolean {
  if (!position) return true
  return item.epoch === position.epoch ? item.offset > position.offset : item.epoch > position.epoch
}

function changedBy<D extends Message>(target: D, item: D): D | undefined {
  const changed = { epoch: item.epoch, offset: item.offset }
  const { action, name, data, extras } = item
  if (action !== 'append') return { ...target, action: action === 'delete' ? action : target.action, name, data, extras, changed }
  const all = joined(target.data, data)
  return all === undefined ? undefined : { ...target, data: all, extras: extras ?? target.extras, changed }
}

function joined(before: unknown, more: unknown): unknown {
  if (typeof before === 'string' && typeof more === 'string') return before + more
  if (!(before instanceof Uint8Array && more instanceof Uint8Array)) return undefined
  const all = new Uint8Array(before.length + more.length)
  all.set(before)
  all.set(more, before.length)
  return all
}
