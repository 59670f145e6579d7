import type { AnswerView } from '#shared/contract/deliveries.ts'

/** The body of an answer, decoded where it came compressed. */
export function answerBytes({ bodyBase64, decoded }: Pick<AnswerView, 'bodyBase64' | 'decoded'>): Uint8Array {
  return Uint8Array.from(atob(decoded?.bodyBase64 ?? bodyBase64), (character) => character.charCodeAt(0))
}
