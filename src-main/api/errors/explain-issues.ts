import type { ErrorData } from '#shared/contract/errors.ts'
import { whatIsAsked } from './what-is-asked.ts'

/** What a schema found wrong: zod's issue, as far as it is read here. */
export interface Issue {
  message: string
  path?: readonly (PropertyKey | { key: PropertyKey })[] | undefined
  code?: string
  /** What was asked for, by the kind of issue. */
  expected?: string
  values?: readonly unknown[]
  options?: readonly unknown[]
  origin?: string
  minimum?: unknown
  maximum?: unknown
  inclusive?: boolean
  divisor?: number
  format?: string
  /** The keys that a strict object does not know. */
  keys?: readonly string[]
  /** The issues of each member of a union. */
  errors?: readonly (readonly Issue[])[]
  /** What is wrong with the key of a record. */
  issues?: readonly Issue[]
}

/** One thing that is wrong, to be read after the name of its place. */
export interface Finding {
  path: readonly string[]
  text: string
  /** It is there and should not be. */
  isUnknown: boolean
}

/** Turns the issues of one input into a sentence that names the first field at fault; the hint lists them all. */
export function explainIssues(issues: readonly Issue[]): { message: string; data: ErrorData } {
  const findings = findingsIn(issues)
  const [first] = findings
  if (!first) return { message: 'The request is not valid.', data: {} }
  const hint = findings.length > 1 ? findings.map(sentenceOf).join(' ') : undefined
  return {
    message: sentenceOf(first),
    data: { ...(first.path.length > 0 ? { field: first.path.join('.') } : {}), ...(hint ? { hint } : {}) },
  }
}

/** All that is wrong. */
export function findingsIn(issues: readonly Issue[]): Finding[] {
  return issues.flatMap((issue) => findingsOf(issue, []))
}

function sentenceOf({ path, text }: Finding): string {
  return path.length > 0 ? `\`${path.join('.')}\` ${text}.` : `The request ${text}.`
}

function findingsOf(issue: Issue, parent: readonly string[]): Finding[] {
  const path = [...parent, ...(issue.path ?? []).map(keyOf)]
  if (issue.code === 'unrecognized_keys' && issue.keys) {
    return issue.keys.map((key) => ({ path: [...path, key], text: 'is not a known field', isUnknown: true }))
  }
  if (issue.code === 'invalid_key' && issue.issues) return issue.issues.flatMap((inner) => findingsOf(inner, path))
  const branches = issue.code === 'invalid_union' ? (issue.errors ?? []) : []
  const closest = closestBranch(branches)
  if (closest) return closest.flatMap((inner) => findingsOf(inner, path))
  return [{ path, text: complaintOf(branches.length > 0 ? branches.flat() : [issue]), isUnknown: false }]
}

/** The member of a union that was most likely meant: the one whose complaints lie deepest. */
function closestBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] | null {
  const depth = (branch: readonly Issue[]) => Math.max(0, ...branch.map((issue) => issueDepth(issue)))
  const deepest = branches.toSorted((one, other) => depth(other) - depth(one))[0]
  return deepest && depth(deepest) > 0 ? deepest : null
}

function issueDepth(issue: Issue): number {
  return (issue.path?.length ?? 0) + (issue.code === 'unrecognized_keys' ? 1 : 0)
}

function keyOf(segment: PropertyKey | { key: PropertyKey }): string {
  return String(typeof segment === 'object' ? segment.key : segment)
}

/** What is wrong with one value; where any of several would do, all of them. */
function complaintOf(issues: readonly Issue[]): string {
  if (issues.some(({ message }) => message.endsWith('received undefined'))) return 'is required'
  const asked = issues.map(whatIsAsked)
  if (asked.every((it) => it !== null)) return `must be ${[...new Set(asked)].join(', or ')}`
  return `is not valid: ${[...new Set(issues.map(reasonOf))].join(', or ')}`
}

function reasonOf({ message }: Issue): string {
  if (message === 'Invalid input') return 'not one of the known values'
  return message.replace(/^Invalid (?:input|option): /, '').replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase())
}
