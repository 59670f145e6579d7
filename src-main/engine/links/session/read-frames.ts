import { createParser } from 'eventsource-parser'
import { LinkFrame } from '#shared/model/link/frames.ts'
import { LinkProblemError } from './link-problem.ts'

/** The types that this version knows; what a newer relay tells beside them is passed over. */
const KNOWN = new Set<string>(LinkFrame.options.map((option) => option.shape.type.value))

/** Reads server-sent events into frames, in order. Throws `LinkProblemError` for what is no frame. */
export async function* readFrames(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<LinkFrame> {
  const waiting: LinkFrame[] = []
  const parser = createParser({
    onEvent({ event, data }) {
      if (event === 'error') throw brokenOff(data)
      const frame = event === 'done' ? null : frameOf(data)
      if (frame) waiting.push(frame)
    },
  })
  const decoder = new TextDecoder()
  for await (const chunk of bytes) {
    parser.feed(decoder.decode(chunk, { stream: true }))
    yield* waiting.splice(0)
  }
}

function frameOf(data: string): LinkFrame | null {
  let value: unknown
  try {
    value = JSON.parse(data)
  } catch {
    throw unreadable('it is no JSON')
  }
  const type = typeof value === 'object' && value !== null && 'type' in value ? value.type : null
  if (typeof type === 'string' && !KNOWN.has(type)) return null
  const frame = LinkFrame.safeParse(value)
  if (frame.success) return frame.data
  const [issue] = frame.error.issues
  throw unreadable(`${issue?.path.join('.')}: ${issue?.message}`)
}

function unreadable(why: string): LinkProblemError {
  return new LinkProblemError({
    kind: 'refused',
    reason: `The relay tells something that this version cannot read (${why}).`,
    hint: 'Update Hookloop on both machines to the same version.',
  })
}

function brokenOff(data: string): LinkProblemError {
  const reason = `The relay broke off: ${data.slice(0, 200)}`
  return new LinkProblemError({ kind: 'waiting', reason, hint: null })
}
