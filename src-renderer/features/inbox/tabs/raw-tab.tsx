import { useMemo, useState } from 'react'
import type { EventDetail } from '#shared/contract/events.ts'
import { Button } from '../../../ui/controls/button.tsx'
import { decodeUtf8 } from '../../../ui/payload/body-kind.ts'
import { SHOWN_BYTES } from '../../../ui/payload/body-view.tsx'
import { HexView } from '../../../ui/payload/hex-view.tsx'
import { TextView } from '../../../ui/payload/text/text-view.tsx'
import { isUnread } from '../received-bytes.ts'
import { LoadedBody } from './loaded-body.tsx'

function headOf({ method, path, query, httpVersion, headers }: EventDetail): string {
  const lines = [`${method} ${path}${query === null ? '' : `?${query}`} HTTP/${httpVersion}`]
  return [...lines, ...headers.map(([name, value]) => `${name}: ${value}`), '', ''].join('\r\n')
}

function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0) & 0xff)
}

/** The message as one run of bytes: request line, headers, body. */
function RawMessage({ event, bytes }: { event: EventDetail; bytes: Uint8Array }) {
  const body = useMemo(() => bytes.subarray(0, SHOWN_BYTES), [bytes])
  const text = useMemo(() => decodeUtf8(body), [body])
  const [asHex, setAsHex] = useState(text === null)
  const head = isUnread(event) ? '' : headOf(event)
  const whole = useMemo(() => {
    const start = latin1(head)
    const joined = new Uint8Array(start.length + body.length)
    joined.set(start)
    joined.set(body, start.length)
    return joined
  }, [head, body])
  return (
    <>
      <div
        className="flex shrink-0 items-center gap-1 border-b border-line px-4 py-1.5"
        role="group"
        aria-label="Show as"
      >
        <Button
          look={asHex ? 'ghost' : 'plain'}
          aria-pressed={!asHex}
          disabled={text === null}
          onClick={() => setAsHex(false)}
        >
          Text
        </Button>
        <Button look={asHex ? 'plain' : 'ghost'} aria-pressed={asHex} onClick={() => setAsHex(true)}>
          Bytes
        </Button>
        {body.length < bytes.length && <span className="pl-2 text-small text-muted">Cut after 1 MB of body.</span>}
      </div>
      {asHex ? (
        <HexView bytes={whole} label="Raw message" />
      ) : (
        <TextView text={head + (text ?? '')} label="Raw message" />
      )}
    </>
  )
}

export function RawTab({ event }: { event: EventDetail }) {
  return <LoadedBody eventId={event.id}>{(bytes) => <RawMessage event={event} bytes={bytes} />}</LoadedBody>
}
