import { isScript } from '#shared/model/answer-script.ts'
import { AppError } from '#shared/model/app-error.ts'
import { DEFAULT_ANSWER, type Answer, type AnswerScript, type SourceAnswer } from '#shared/model/source.ts'
import { checkHeaders } from '../header-rules.ts'

type Fields<T> = { [K in keyof T]?: T[K] | undefined }

/** A step as it is written: its status alone, or fields of an answer. */
export type ScriptStep = string | number | Fields<Answer>

/** What of a source's answer is to change: fields of its one answer, or a script in its place. */
export interface AnswerChange extends Fields<Answer> {
  script?: readonly ScriptStep[] | undefined
  atEnd?: AnswerScript['atEnd'] | undefined
}

/** An answer may not carry these: framing is the server's, and capture addresses never set cookies. */
const REFUSED_HEADERS = new Set([
  'connection',
  'content-length',
  'keep-alive',
  'set-cookie',
  'set-cookie2',
  'transfer-encoding',
  'upgrade',
])

/** The answer with the change made. Throws `AppError` `invalid_request` that names the field. */
export function changedAnswer(answer: SourceAnswer, change: AnswerChange = {}): SourceAnswer {
  const { script, atEnd, ...fields } = change
  const setsOne = Object.values(fields).some((value) => value !== undefined)
  if (script !== undefined && setsOne) throw eitherOr()
  if (script !== undefined) {
    const steps = script.map((step, index) => writtenStep(step, `answer.script.${index}`))
    return { script: steps, atEnd: atEnd ?? (isScript(answer) ? answer.atEnd : 'stay') }
  }
  if (isScript(answer) && !setsOne) return atEnd === undefined ? answer : { ...answer, atEnd }
  if (atEnd !== undefined) throw endWithoutScript()
  return filled(isScript(answer) ? DEFAULT_ANSWER : answer, fields, 'answer')
}

function writtenStep(step: ScriptStep, field: string): Answer {
  if (typeof step === 'object') return filled(DEFAULT_ANSWER, step, field)
  const text = String(step).trim()
  if (/^[2-5]\d\d$/.test(text)) return { ...DEFAULT_ANSWER, status: Number(text) }
  throw new AppError('invalid_request', `“${text.slice(0, 40)}” is no answer that a script can give.`, {
    field,
    hint: 'Write a status from 200 to 599 such as "500", or an object with status, headers, body and delayMs.',
  })
}

function filled(answer: Answer, change: Fields<Answer>, field: string): Answer {
  const headers = change.headers ?? answer.headers
  checkHeaders(headers, { field: `${field}.headers`, refused: REFUSED_HEADERS })
  return {
    status: change.status ?? answer.status,
    headers,
    body: change.body ?? answer.body,
    delayMs: change.delayMs ?? answer.delayMs,
  }
}

function eitherOr(): AppError {
  return new AppError('invalid_request', 'A source has one answer or a script of them, not both.', {
    field: 'answer.script',
    hint: 'Leave out `script`, or put status, headers, body and delayMs into its steps.',
  })
}

function endWithoutScript(): AppError {
  return new AppError('invalid_request', 'Only a script of answers has an end.', {
    field: 'answer.atEnd',
    hint: 'Give `script` too, or leave out `atEnd`.',
  })
}
