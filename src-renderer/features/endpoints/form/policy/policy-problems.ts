import { Policy } from '#shared/model/policy.ts'
import { writeSize, writeSpan } from '../../../../ui/format/quantities.ts'

type Issue = NonNullable<ReturnType<typeof Policy.safeParse>['error']>['issues'][number]

/** What is wrong with a policy, by place such as `schedule.waitsMs.2`. Nothing where it can be read. */
export function problemsOf(policy: Policy): ReadonlyMap<string, string> {
  const { error } = Policy.safeParse(policy)
  const problems = new Map<string, string>()
  for (const issue of error?.issues ?? []) {
    const place = issue.path.join('.')
    if (!problems.has(place)) problems.set(place, wordsOf(issue, place))
  }
  return problems
}

function wordsOf(issue: Issue, place: string): string {
  if (place.startsWith('success')) return 'Write 2xx, or statuses from 200 to 299 by commas: 200, 201.'
  if (issue.code === 'too_big') return `At most ${quantity(place, Number(issue.maximum), issue.origin)}.`
  if (issue.code === 'too_small') {
    const isMore = issue.inclusive === false
    return `${isMore ? 'More than' : 'At least'} ${quantity(place, Number(issue.minimum), issue.origin)}.`
  }
  if (issue.code === 'invalid_type' && issue.expected === 'int') return 'Write a whole number.'
  return 'This cannot be read.'
}

/** In the unit in which the field is typed. */
function quantity(place: string, value: number, origin: string): string {
  if (origin === 'array') return `${value} of them`
  if (origin === 'string') return `${value} characters`
  if (place === 'schedule.jitter') return `${value * 100} %`
  if (/Ms(?:\.\d+)?$/.test(place)) return writeSpan(value)
  return place.endsWith('Bytes') ? writeSize(value) : String(value)
}
