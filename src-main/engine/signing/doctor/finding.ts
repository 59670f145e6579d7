import type { Finding, FindingCode } from '#shared/model/diagnosis.ts'

type Words = Omit<Finding, 'code' | 'certainty'>

/** A finding whose change made the signature right. */
export function proven(code: FindingCode, words: Words): Finding {
  return { code, certainty: 'proven', ...words }
}

/** A fact that stands in the way of the signature, whether or not it is the only one. */
export function likely(code: FindingCode, words: Words): Finding {
  return { code, certainty: 'likely', ...words }
}
