import { z } from 'zod'
import type { StagedEvent } from '#shared/model/exchange/staged-event.ts'
import { EventType, UNTYPED_EVENT } from '#shared/model/event.ts'
import { ImportRefusal } from '#main/engine/ports.ts'

/** What a file tells of one event; null for an entry that is none. */
export interface Candidate {
  event: StagedEvent | null
  body: Uint8Array
}

const Pair = z.object({ name: z.string(), value: z.string() })

/** What is read of an entry; its other fields may be anything. */
export const HarEntry = z.object({
  startedDateTime: z.string().optional(),
  request: z.object({
    method: z.string(),
    url: z.string(),
    httpVersion: z.string().optional(),
    headers: z.array(Pair),
    postData: z
      .object({
        mimeType: z.string().optional(),
        text: z.string().optional(),
        params: z.array(z.object({ name: z.string(), value: z.string().optional() })).optional(),
        encoding: z.string().optional(),
        _encoding: z.string().optional(),
      })
      .nullish(),
  }),
  _hookloop: z
    .object({ kind: z.string(), type: z.string().optional(), provider: z.string().nullish() })
    .optional()
    .catch(undefined),
})
export type HarEntry = z.infer<typeof HarEntry>

const VERSION = /^(?:http\/)?(\d(?:\.\d)?)$/i
/** Of HTTP/2 and later: they are no headers. */
const PSEUDO = /^:/

/** The event that an entry tells of. Throws `ImportRefusal` that names the entry as `place`. */
export function toCandidate(entry: HarEntry, place: string): Candidate {
  const { request, _hookloop: origin } = entry
  if (origin?.kind === 'attempt') return { event: null, body: new Uint8Array() }
  const url = splitUrl(request.url)
  if (url === null)
    throw new ImportRefusal(
      `${place} has no URL that can be read: request.url.`,
      'Mend that field, or leave the entry out.',
    )
  const headers = request.headers
    .filter(({ name }) => !PSEUDO.test(name))
    .map(({ name, value }): [string, string] => [name, value])
  const version = VERSION.exec(request.httpVersion ?? '')?.[1] ?? '1.1'
  const type = EventType.safeParse(origin?.type)
  const at = Date.parse(entry.startedDateTime ?? '')
  return {
    event: {
      type: type.success ? type.data : UNTYPED_EVENT,
      provider: origin?.provider ?? null,
      method: request.method,
      ...url,
      httpVersion: version,
      headers,
      trailers: [],
      contentType:
        headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? (request.postData?.mimeType || null),
      cameAt: Number.isNaN(at) ? null : at,
    },
    body: bodyOf(request.postData, place),
  }
}

/** Path and query as they stand, undecoded. */
function splitUrl(url: string): { path: string; query: string | null } | null {
  const [, path = '', query] = /^[a-z][a-z\d+.-]*:\/\/[^/?#]*([^?#]*)(?:\?([^#]*))?/i.exec(url) ?? []
  if (!/^[a-z][a-z\d+.-]*:\/\//i.test(url)) return null
  return { path: path || '/', query: query ?? null }
}

function bodyOf(data: HarEntry['request']['postData'], place: string): Uint8Array {
  if (!data) return new Uint8Array()
  if (data.text === undefined || data.text === '') {
    const form = new URLSearchParams((data.params ?? []).map(({ name, value = '' }) => [name, value]))
    return new TextEncoder().encode(form.toString())
  }
  if ((data.encoding ?? data._encoding) !== 'base64') return new TextEncoder().encode(data.text)
  if (!/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(data.text)) {
    throw new ImportRefusal(
      `${place} says that its body is base64, but it is not: request.postData.text.`,
      'Export it again.',
    )
  }
  return new Uint8Array(Buffer.from(data.text, 'base64'))
}
