import type { Finding } from '#shared/model/diagnosis.ts'
import { urlDifference } from '../difference.ts'
import { proven } from '../finding.ts'
import { formsOf, type Hypothesis } from '../subject.ts'
import { defaultPort, writeUrl } from './url-parts.ts'
import { type UrlEdit, urlWritings, type Writing } from './url-writings.ts'

/** The sender signed its URL, and called another one than the one that it was judged by. */
export const urlWritten: Hypothesis = function* (case_) {
  if (!formsOf(case_.sender.signing).some(({ signedContent }) => signedContent.includes('{url}'))) return
  const received = case_.message.url
  const seen = new Set([received])
  for (const writing of urlWritings(case_)) {
    const signed = writeUrl(writing.parts)
    if (seen.has(signed)) continue
    seen.add(signed)
    yield {
      get findings() {
        return writing.edits.map((edit) => finding(edit, { writing, received, signed }))
      },
      apply: (subject) => ({ ...subject, url: signed }),
    }
  }
}

const FIX =
  'Verify with the URL exactly as the sender knows it: set the public URL, or build it from what the proxy says of the first request.'

function finding(
  edit: UrlEdit,
  { writing, received, signed }: { writing: Writing; received: string; signed: string },
): Finding {
  const { title, explanation } = WORDS[edit](writing)
  return proven(`url_${edit}`, {
    title,
    explanation,
    fix: FIX,
    found: received,
    expected: signed,
    difference: urlDifference(received, signed),
  })
}

type Words = (writing: Writing) => { title: string; explanation: string }

const WORDS: Readonly<Record<UrlEdit, Words>> = {
  protocol: ({ parts: { protocol } }) => ({
    title: `The signed URL begins with ${protocol}`,
    explanation: `The sender called the URL by ${protocol}; a proxy ends TLS or starts it, so that another protocol arrives.`,
  }),
  host: ({ parts: { host } }) => ({
    title: `The signed URL is that of ${host}`,
    explanation: `The sender called ${host} and signed that; a proxy or tunnel passes it on under another host.`,
  }),
  port: ({ parts: { port, protocol } }) => ({
    title: port === '' ? 'The signed URL has no port' : `The signed URL has the port ${port.slice(1)}`,
    explanation:
      port === '' || port === defaultPort(protocol)
        ? 'The port is the protocol’s own, which some write and others leave out; the signature covers the text.'
        : 'The sender called another port than the one that a proxy passes on to.',
  }),
  path: ({ parts: { path } }) => ({
    title: 'The signed URL has another path',
    explanation: `The sender called ${path === '' ? 'the bare host' : path}; a proxy adds or takes off the beginning of the path.`,
  }),
  trailing_slash: ({ parts: { path } }) => ({
    title: path.endsWith('/') ? 'The signed URL ends with a slash' : 'The signed URL ends without a slash',
    explanation: 'A slash at the end of the path is part of what is signed.',
  }),
  query: ({ parts: { query } }) => ({
    title: query === '' ? 'The signed URL has no query' : 'The query was written in another way',
    explanation: 'Order and encoding of the query are part of what is signed, and something on the way changed them.',
  }),
}
