import { proven } from '../finding.ts'
import type { TimestampUnit } from '../../scheme.ts'
import { eachForm, type Hypothesis } from '../subject.ts'

const WORDS: Readonly<Record<TimestampUnit, string>> = {
  s: 'seconds',
  ms: 'milliseconds',
  rfc3339: 'a date such as 2026-11-20T10:12:04Z',
}
const UNITS = ['s', 'ms', 'rfc3339'] as const

/** The signed time is written in another way than the sender’s, so that it could not even be read. */
export const timestampUnit: Hypothesis = function* ({ sender: { name, signing } }) {
  if (!signing.tolerance && !signing.signedContent.includes('{timestamp}')) return
  for (const timestamp of UNITS.filter((unit) => unit !== signing.timestamp)) {
    yield {
      findings: [
        proven('timestamp_unit', {
          title: `The timestamp is written as ${WORDS[timestamp]}`,
          explanation: `The signature is right for it, but ${name} writes the time as ${WORDS[signing.timestamp]}.`,
          fix: `Where you build the request, write the time as ${WORDS[signing.timestamp]} and sign that.`,
          found: WORDS[timestamp],
          expected: WORDS[signing.timestamp],
        }),
      ],
      apply: (subject) => ({ ...subject, scheme: eachForm(subject.scheme, (form) => ({ ...form, timestamp })) }),
    }
  }
}
