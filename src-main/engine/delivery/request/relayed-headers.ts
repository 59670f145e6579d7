import { headerValues, type HeaderList } from '#shared/model/header.ts'

/** What belongs to one connection, or is set anew by whoever sends. */
const NOT_RELAYED = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

/** A captured event's headers as they go on: order, casing and duplicates kept. */
export function relayedHeaders(captured: HeaderList): HeaderList {
  const named = headerValues(captured, 'connection').flatMap((value) => value.split(','))
  const dropped = named.map((name) => name.trim().toLowerCase())
  return captured.filter(([name]) => {
    const key = name.toLowerCase()
    if (NOT_RELAYED.has(key) || key.startsWith('proxy-') || key.startsWith('hookloop-')) return false
    return !dropped.includes(key)
  })
}

/** One list after the other, each in place of the same-named headers of those before it. */
export function overlaid(lists: readonly HeaderList[]): HeaderList {
  return lists.flatMap((list, at) => {
    const later = lists.slice(at + 1)
    return list.filter(([name]) => !later.some((other) => names(other, name)))
  })
}

/** Most names differ in their length, which is looked at first: this runs for each attempt. */
function names(list: HeaderList, wanted: string): boolean {
  return list.some(([name]) => name.length === wanted.length && name.toLowerCase() === wanted.toLowerCase())
}

/** What proves the bytes of a body, and is not true of others. */
const DIGESTS = new Set(['content-md5', 'content-digest', 'digest', 'repr-digest'])
/** What else tells of a body. */
const OF_THE_BODY = new Set([...DIGESTS, 'content-encoding', 'content-type'])

/** A captured event's headers where another body goes on than the one that came. */
export function withoutBodyHeaders(headers: HeaderList): HeaderList {
  return headers.filter(([name]) => !OF_THE_BODY.has(name.toLowerCase()))
}

/** Headers without those that would contradict another body of the same kind. */
export function withoutDigests(headers: HeaderList): HeaderList {
  return headers.filter(([name]) => !DIGESTS.has(name.toLowerCase()))
}
