import type { Answer, AnswerScript, SourceAnswer } from './source.ts'

export function isScript(answer: SourceAnswer): answer is AnswerScript {
  return 'script' in answer
}

/** Which step of the script comes after `given` answers, counted from 0. */
export function stepAfter({ script, atEnd }: AnswerScript, given: number): number {
  return atEnd === 'repeat' ? given % script.length : Math.min(given, script.length - 1)
}

/** What is answered after `given` answers of the script; one answer alone is always the same. */
export function answerAfter(answer: SourceAnswer, given: number): Answer {
  return isScript(answer) ? answer.script[stepAfter(answer, given)]! : answer
}
