import wrapAnsi from 'wrap-ansi'
import type { AttemptView } from '#shared/contract/deliveries.ts'
import { plain, plainLines } from '../../../text/plain.ts'
import { draw, type View } from '../../../text/view.ts'
import { indentedJson } from '../../../text/indented-json.ts'
import { bodyText } from '../../../text/words.ts'
import { attemptTable } from '../../../text/attempts.ts'
import { deliveryWords } from '../../../forwarding/line.ts'
import type { Arrival, Opened } from './state.ts'

/** A body that is longer is shown by `hookloop events show`. */
export const SHOWN_BODY_BYTES = 64 * 1024

/** Everything of one event: why it failed, if it did, its attempts, headers and body. */
export function detailLines({ delivery }: Arrival, details: Opened | null, view: View): string[] {
  if (details === null) return ['', '  Loading …']
  const { event, attempts } = details
  const query = event.query === null ? '' : `?${event.query}`
  const bold = (text: string) => view.paint('bold', text)
  return [
    `${bold(plain(event.type))}  ${event.id}  ${event.receivedAt}`,
    plain(`${event.method} ${event.path}${query} HTTP/${event.httpVersion}`),
    ...verdictLines(event, view),
    '',
    `${bold('Delivery')}  ${delivery === null ? 'not forwarded: its type is not asked for' : `${deliveryWords(delivery, view)}  ${delivery.id}`}`,
    ...failureLines(attempts.at(-1), view),
    ...(attempts.length === 0 ? [] : ['', ...draw(attemptTable(attempts), view).split('\n')]),
    '',
    bold('Headers'),
    ...event.headers.map(([name, value]) => `${view.paint('dim', `${plain(name)}:`)} ${plain(value)}`),
    '',
    bold('Body'),
    ...bodyLines(details),
  ]
}

function verdictLines({ verdict }: Opened['event'], { paint }: View): string[] {
  if (verdict === null) return []
  const { verdict: name, reason, provider } = verdict
  const style = name === 'valid' ? 'green' : name === 'invalid' ? 'red' : 'yellow'
  return [`Signature of ${provider}: ${paint(style, name)}${reason === null ? '' : ` (${reason})`}`]
}

/** What the last attempt came to, in the relay's words. */
function failureLines(last: AttemptView | undefined, { paint, width }: View): string[] {
  if (!last?.failure) return []
  const { title, explanation, nextStep } = last.failure
  const words = [explanation, nextStep].flatMap((text) => wrapAnsi(plain(text), width).split('\n'))
  return [paint('red', plain(title)), ...words]
}

function bodyLines({ event, body }: Opened): string[] {
  if (body.byteLength === 0) return ['(empty)']
  const isWhole = body.byteLength >= event.bodySizeBytes
  const text = isWhole ? indentedJson(bodyText(body)) : bodyText(body)
  const more = isWhole ? [] : ['', `(${event.bodySizeBytes} bytes in all: hookloop events show ${event.id})`]
  return [...plainLines(text).replaceAll('\t', '  ').split('\n'), ...more]
}
