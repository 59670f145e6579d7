import type { SourceView } from '#shared/contract/sources.ts'
import { isScript } from '#shared/model/answer-script.ts'
import type { HeaderList } from '#shared/model/header.ts'
import type { Answer, ScriptEnd } from '#shared/model/source.ts'

/** One answer as the form holds it: numbers as they are typed. */
export interface StepDraft {
  status: string
  headers: HeaderList
  body: string
  delayMs: string
}

/** What a source answers, as the form holds it: what is not chosen is kept until the form closes. */
export interface AnswerDraft {
  kind: 'one' | 'script'
  one: StepDraft
  script: readonly StepDraft[]
  atEnd: ScriptEnd
}

export function newStep(status: string): StepDraft {
  return { status, headers: [], body: '', delayMs: '0' }
}

/** Whoever turns to a script finds the one that is most often wanted: fail twice, then take it. */
export const EMPTY_ANSWER: AnswerDraft = {
  kind: 'one',
  one: newStep('200'),
  script: ['500', '500', '200'].map(newStep),
  atEnd: 'stay',
}

export function answerDraftOf({ answer }: Pick<SourceView, 'answer'>): AnswerDraft {
  if (!isScript(answer)) return { ...EMPTY_ANSWER, one: stepDraftOf(answer) }
  return { ...EMPTY_ANSWER, kind: 'script', script: answer.script.map(stepDraftOf), atEnd: answer.atEnd }
}

/** The answer as the API takes it. */
export function toAnswerInput({ kind, one, script, atEnd }: AnswerDraft) {
  return kind === 'one' ? toStepInput(one) : { script: script.map(toStepInput), atEnd }
}

function stepDraftOf({ status, headers, body, delayMs }: Answer): StepDraft {
  return { status: String(status), headers, body, delayMs: String(delayMs) }
}

function toStepInput({ status, headers, body, delayMs }: StepDraft): Answer {
  return {
    status: Number(status),
    headers: headers.filter(([name, value]) => name !== '' || value !== ''),
    body,
    delayMs: Number(delayMs),
  }
}
