import { UsageError } from '../exit.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { parseHeader } from './headers.ts'
import { bytesFrom, fileText } from './inputs.ts'

/** A request as a command line gives it: by its parts, or as it stood on the wire. */
export interface MessageOptions {
  request?: string
  method?: string
  publicUrl?: string
  header?: string[]
  headersFile?: string
  body?: string
}

export interface HttpMessage {
  method: string | undefined
  url: string | undefined
  headers: [string, string][]
  body: Uint8Array<ArrayBuffer>
}

/** Single parts come on top of a whole request: headers are added, the rest is replaced. Throws `UsageError`. */
export async function readMessage(options: MessageOptions, terminal: Terminal): Promise<HttpMessage> {
  const { request, method, publicUrl, header = [], headersFile, body } = options
  if (request === '-' && body === '-') throw new UsageError('--request and --body cannot both be what is piped in')
  const whole = request === undefined ? EMPTY : splitRequest(await bytesFrom('--request', request, terminal))
  const fromFile = headersFile === undefined ? '' : await fileText('--headers-file', headersFile)
  return {
    method: method ?? whole.method,
    url: publicUrl ?? whole.url,
    headers: [...whole.headers, ...headerLines(fromFile), ...header.map(parseHeader)],
    body: body === undefined ? whole.body : await bytesFrom('--body', body, terminal),
  }
}

const EMPTY: HttpMessage = { method: undefined, url: undefined, headers: [], body: new Uint8Array() }

/** Head and body part at the first empty line; the request line may be left out. */
function splitRequest(bytes: Uint8Array<ArrayBuffer>): HttpMessage {
  // Latin-1 keeps one character for each byte, so that places in the text are places in the bytes.
  const text = Buffer.from(bytes).toString('latin1')
  const end = /\r?\n\r?\n/.exec(text)
  const head = end === null ? text : text.slice(0, end.index)
  const body = end === null ? new Uint8Array() : bytes.slice(end.index + end[0].length)
  const [first = '', ...rest] = head.split(/\r?\n/)
  const line = /^(?<method>[!-~]+) (?<target>\S+) HTTP\/\d(?:\.\d)?$/.exec(first)?.groups
  const target = line?.['target']
  return {
    method: line?.['method'],
    // A path alone is no address that anything could be signed over.
    url: target !== undefined && URL.canParse(target) ? target : undefined,
    headers: headerLines((line === undefined ? [first, ...rest] : rest).join('\n')),
    body,
  }
}

function headerLines(text: string): [string, string][] {
  return text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .map(parseHeader)
}
