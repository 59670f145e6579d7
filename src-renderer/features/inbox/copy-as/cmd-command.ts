import { decodeUtf8 } from '../../../ui/payload/body-kind.ts'
import { curlWords, isPrintableAscii, type Command, type CommandRequest } from './command-request.ts'

/** The longest line that cmd.exe takes is 8,191 characters. */
const LONGEST_LINE = 8_000

/**
 * A word of a command line of cmd.exe. The program reads backslashes and quotes by Microsoft's C rules; cmd itself reads
 * the line before, so each character that it would act on, the quotes too, stands behind a caret. A caret also keeps
 * `%name%` from being a variable.
 */
export function cmdWord(word: string): string {
  const quoted = `"${word.replaceAll(/(\\*)"/g, String.raw`$1$1\"`).replace(/(\\+)$/, '$1$1')}"`
  return quoted.replaceAll(/[()%!^"<>&|]/g, '^$&')
}

/** For cmd.exe. What no line of it can carry, the command reads from a file. */
export function cmdCommand(request: CommandRequest): Command {
  const inline = withBody(request, textOf(request))
  if (inline !== null && inline.length <= LONGEST_LINE) return { text: inline, readsFile: false }
  return { text: lineOf(request, ['--data-binary', `@${request.fileName}`]), readsFile: true }
}

function textOf({ body }: CommandRequest): string | null {
  const text = decodeUtf8(body)
  return text !== null && isPrintableAscii(text) ? text : null
}

function withBody(request: CommandRequest, text: string | null): string | null {
  if (text === null) return null
  return lineOf(request, text === '' ? [] : ['--data-raw', text])
}

function lineOf(request: CommandRequest, body: readonly string[]): string {
  const words = [...curlWords(request).flat(), ...body]
  return ['curl.exe', ...words.map((word) => (/^[\w./:=@-]+$/.test(word) ? word : cmdWord(word)))].join(' ')
}
