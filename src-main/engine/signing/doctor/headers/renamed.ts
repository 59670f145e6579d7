import { type HeaderList, headerValue } from '#shared/model/header.ts'
import { signatureHeaders } from '../../carried.ts'
import { readSignature } from '../../read-signature.ts'
import type { SigningScheme } from '../../scheme.ts'
import { readTimestamp } from '../../timestamp.ts'
import { proven } from '../finding.ts'
import { type Change, formsOf, type Hypothesis } from '../subject.ts'
import { withValue } from './copies.ts'
import { headerOf, tokenHeaders, usedHeaders } from './used-headers.ts'

const MOST = 40

/** A header that is needed came under another name, or the signed time is that of another header. */
export const renamed: Hypothesis = function* ({ sender, message: { headers } }) {
  yield* alikeNames(sender.signing, headers)
  const used = new Set(usedHeaders(sender.signing).map((name) => name.toLowerCase()))
  const others = headers.filter(([name]) => !used.has(name.toLowerCase())).slice(0, 100)
  for (const form of formsOf(sender.signing)) {
    for (const [name, template] of signatureHeaders(form)) {
      if (headerValue(headers, name) !== null) continue
      const fitting = others.filter(([, value]) => 'signatures' in readSignature(form, template, value))
      for (const [other, value] of fitting.slice(0, MOST))
        yield replaced(name, { other, value, finding: renamedFinding })
    }
    yield* otherTokens(form, headers, others)
  }
}

/** All that are absent and have a namesake but for case, dashes, underscores and what stands before. */
function* alikeNames(scheme: SigningScheme, headers: HeaderList): Iterable<Change> {
  const found = usedHeaders(scheme)
    .filter((name) => headerValue(headers, name) === null)
    .flatMap((name) => {
      const alike = headers.find(([other]) => bare(other).endsWith(bare(name)))
      return alike ? [{ name, other: alike[0], value: alike[1] }] : []
    })
  if (found.length === 0) return
  yield {
    findings: found.map(({ name, other }) => renamedFinding(name, other)),
    apply: (subject) => ({
      ...subject,
      headers: found.reduce((so, { name, value }) => withValue(so, name, value), subject.headers),
    }),
  }
}

const bare = (name: string) => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')

/** The message id or the time may stand in another header than the one that is read. */
function* otherTokens(form: SigningScheme, headers: HeaderList, others: HeaderList): Iterable<Change> {
  const timestamp = headerOf(form, 'timestamp')
  for (const name of tokenHeaders(form)) {
    const isAbsent = headerValue(headers, name) === null
    const isTime = name === timestamp
    if (!isAbsent && !isTime) continue
    const fitting = others.filter(([, value]) =>
      isTime ? readTimestamp(form.timestamp, value) !== null : value.length <= 200,
    )
    const finding = isAbsent ? renamedFinding : elsewhere
    for (const [other, value] of fitting.slice(0, MOST)) yield replaced(name, { other, value, finding })
  }
}

function replaced(
  name: string,
  { other, value, finding }: { other: string; value: string; finding: typeof renamedFinding },
): Change {
  return {
    findings: [finding(name, other)],
    apply: (subject) => ({ ...subject, headers: withValue(subject.headers, name, value) }),
  }
}

function renamedFinding(header: string, other: string) {
  return proven('header_renamed', {
    title: `${header} came under another name`,
    explanation: `Its value stands in ${other}, and proves the request from there.`,
    fix: `Keep the header’s own name through every proxy and gateway: ${header}.`,
    header,
    found: other,
    expected: header,
  })
}

function elsewhere(header: string, other: string) {
  return proven('timestamp_elsewhere', {
    title: `The signed time is that of ${other}`,
    explanation: `The signature is right for the time in ${other}; verifiers read ${header}, which holds another one.`,
    fix: `Sign the very text that is sent in ${header}: take the time once and use it for both.`,
    header,
    found: other,
    expected: header,
  })
}
