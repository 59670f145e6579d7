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
  const dropped = new Set([...NOT_RELAYED, ...named.map((name) => name.trim().toLowerCase())])
  return captured.filter(([name]) => {
    const key = name.toLowerCase()
    return !dropped.has(key) && !key.startsWith('proxy-') && !key.startsWith('hookloop-')
  })
}

/** `headers` with `replacements` in place of the same-named ones. */
export function withHeaders(headers: HeaderList, replacements: HeaderList): HeaderList {
  const replaced = new Set(replacements.map(([name]) => name.toLowerCase()))
  return [...headers.filter(([name]) => !replaced.has(name.toLowerCase())), ...replacements]
}

/** What tells of the bytes of a body, and is not true of another one. */
const OF_THE_BODY = new Set([
  'content-encoding',
  'content-md5',
  'content-type',
  'content-digest',
  'digest',
  'repr-digest',
])

/** A captured event's headers where another body goes on than the one that came. */
export function withoutBodyHeaders(headers: HeaderList): HeaderList {
  return headers.filter(([name]) => !OF_THE_BODY.has(name.toLowerCase()))
}
