import { type HeaderList, headerValues } from '#shared/model/header.ts'
import { proven } from '../finding.ts'
import type { Change, Hypothesis } from '../subject.ts'
import { usedHeaders } from './used-headers.ts'

const MOST = 5

/** A header stands twice, or a proxy folded its copies into one value with commas. */
export const copies: Hypothesis = function* ({ sender, message: { headers } }) {
  const names = usedHeaders(sender.signing)
  const repeated = names.filter((name) => headerValues(headers, name).length > 1)
  const folded = names.filter((name) => foldedValues(headers, name).length > 1)
  if (repeated.length > 0) yield* choices(repeated, headers, { of: headerValues, finding: duplicated })
  if (folded.length > 0) yield* choices(folded, headers, { of: foldedValues, finding: foldedFinding })
}

/** Keeps the same copy of each header, first to last. */
function* choices(
  names: readonly string[],
  headers: HeaderList,
  {
    of,
    finding,
  }: { of: (headers: HeaderList, name: string) => string[]; finding: (name: string) => Change['findings'] },
): Iterable<Change> {
  const most = Math.max(...names.map((name) => of(headers, name).length))
  for (let index = 0; index < Math.min(most, MOST); index++) {
    const changed = names.reduce((so, name) => {
      const values = of(headers, name)
      return withValue(so, name, values[index] ?? values.at(-1) ?? '')
    }, headers)
    yield { findings: finding(names[0] ?? ''), apply: (subject) => ({ ...subject, headers: changed }) }
  }
}

function foldedValues(headers: HeaderList, name: string): string[] {
  const [value = '', second] = headerValues(headers, name)
  return second === undefined ? value.split(/,\s+/) : []
}

/** Headers with one value for a name, in the place of its first. */
export function withValue(headers: HeaderList, name: string, value: string): HeaderList {
  const isNamed = (key: string) => key.toLowerCase() === name.toLowerCase()
  const first = headers.findIndex(([key]) => isNamed(key))
  if (first === -1) return [...headers, [name, value]]
  return headers.flatMap((pair, index): [string, string][] => {
    if (!isNamed(pair[0])) return [pair]
    return index === first ? [[pair[0], value]] : []
  })
}

function duplicated(header: string) {
  return [
    proven('header_duplicated', {
      title: `${header} stands more than once`,
      explanation:
        'One of its values proves the request. A verifier refuses copies, since it cannot know which one counts.',
      fix: 'Find what adds the header again (a proxy, a middleware, a retry that reuses a request) and let it stand once.',
      header,
    }),
  ]
}

function foldedFinding(header: string) {
  return [
    proven('header_folded', {
      title: `${header} was folded from several into one`,
      explanation:
        'Something on the way joined copies of the header with a comma; one of the parts proves the request.',
      fix: 'Find what adds the header again and let it stand once; a verifier takes the joined value for one signature.',
      header,
    }),
  ]
}
