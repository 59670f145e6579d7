import { decodeUtf8 } from '../../../ui/payload/body-kind.ts'
import { base64 } from '../../../platform/browser/base64.ts'
import { curlWords, type Command, type CommandRequest } from './command-request.ts'

/** A longer body would not fit a command line everywhere. */
const LONGEST_INLINE = 60_000
/** Keys to a terminal into which the command is pasted; a line break alone is none inside of quotes. */
// eslint-disable-next-line no-control-regex -- these are the very characters that are looked for
const KEYS = /[\u0000-\u0009\u000b-\u001f\u007f]/

/** In single quotes nothing but their own end means anything to a shell. */
function quote(text: string): string {
  return /^[\w./:=@-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`
}

function bodyParts({ body, fileName }: CommandRequest): { before: string; words: string[]; readsFile: boolean } {
  if (body.length === 0) return { before: '', words: [], readsFile: false }
  if (body.length > LONGEST_INLINE) return { before: '', words: ['--data-binary', `@${fileName}`], readsFile: true }
  const text = decodeUtf8(body)
  if (text !== null && !KEYS.test(text)) return { before: '', words: ['--data-raw', text], readsFile: false }
  const before = `printf %s ${quote(base64(body))} | base64 -d | `
  return { before, words: ['--data-binary', '@-'], readsFile: false }
}

/** For sh, bash and zsh. */
export function shCommand(request: CommandRequest): Command {
  const { before, words, readsFile } = bodyParts(request)
  const [start = [], ...options] = [...curlWords(request), ...(words.length > 0 ? [words] : [])]
  const lines = [`${before}curl ${start.map(quote).join(' ')}`, ...options.map((option) => option.map(quote).join(' '))]
  return { text: lines.join(' \\\n  '), readsFile }
}
