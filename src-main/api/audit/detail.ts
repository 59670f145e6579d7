import { isDeepStrictEqual } from 'node:util'
import type { AuditDetail, FieldChange } from '#shared/model/audit.ts'
import { maskUrl } from './mask-url.ts'
import { fieldsOf, type Input, type Json, type Subject } from './subject.ts'

/** Fields of an input that say what is meant, not what is to be. */
const ADDRESS = new Set(['id', 'project'])
/** Texts of an input that are one of a few words. */
const WORDS = new Set(['held', 'scheduled', 'by', 'secrets', 'format', 'only'])
/** More names would be a list for programs, and could be made to fill the log. */
const MOST_NAMES = 40

export interface WhatHappened {
  before: Subject | null
  after: Subject | null
  input: Input
  /** What was answered; null where it was refused. */
  output: unknown
}

/** What an entry tells beside who did what to which: values of harmless fields, and of others their names alone. */
export function detailOf({ before, after, input, output }: WhatHappened): AuditDetail {
  const known = new Set([before, after].flatMap((each) => (each ? [each.shown, each.hidden] : [])).flatMap(Object.keys))
  const given = Object.entries(input).filter(
    ([field, value]) => value !== undefined && !ADDRESS.has(field) && !isKnown(known, field),
  )
  const isOver = output !== null
  return {
    changes: [...(isOver ? changesBetween(before, after) : []), ...given.flatMap(namesOf)].slice(0, MOST_NAMES),
    facts: { ...Object.fromEntries(given.flatMap(factsOf)), ...figuresOf(output) },
  }
}

/** `tls` is known where `tls.verify` is; `enabled` is what `state` tells. */
function isKnown(known: ReadonlySet<string>, field: string): boolean {
  return (
    known.has(field) ||
    [...known].some((each) => each.startsWith(`${field}.`)) ||
    (field === 'enabled' && known.has('state'))
  )
}

function changesBetween(before: Subject | null, after: Subject | null): FieldChange[] {
  const changes: FieldChange[] = []
  for (const field of keysOf(before?.shown, after?.shown)) {
    const [was, is] = [before?.shown[field], after?.shown[field]]
    if (isSame(was, is)) continue
    changes.push({ field, ...(was === undefined ? {} : { before: was }), ...(is === undefined ? {} : { after: is }) })
  }
  for (const field of keysOf(before?.hidden, after?.hidden)) {
    if (!isSame(before?.hidden[field], after?.hidden[field])) changes.push({ field })
  }
  return changes
}

function keysOf(...records: (object | undefined)[]): string[] {
  return [...new Set(records.flatMap((record) => Object.keys(record ?? {})))]
}

/** What is not there is as what is empty: an entry of a creation names what was set. */
function isSame(one: unknown, other: unknown): boolean {
  return isDeepStrictEqual(emptied(one), emptied(other))
}

function emptied(value: unknown): unknown {
  return value === undefined || (Array.isArray(value) && value.length === 0) ? null : value
}

/** Whatever is no figure could be a secret: its name alone, or the names in it. */
function namesOf([field, value]: [string, unknown]): FieldChange[] {
  if (factsOf([field, value]).length > 0) return []
  const names = Object.keys(fieldsOf(value))
  return names.length === 0 ? [{ field }] : names.map((name) => ({ field: `${field}.${name}` }))
}

function factsOf([field, value]: [string, unknown]): [string, Json & (string | number | boolean)][] {
  if (typeof value === 'boolean' || typeof value === 'number') return [[field, value]]
  if (Array.isArray(value)) return [[field, value.length]]
  if (typeof value === 'string' && WORDS.has(field)) return [[field, value]]
  if (typeof value === 'string' && field === 'url') return [[field, maskUrl(value)]]
  return []
}

/** Counts of an answer, such as `canceled`. */
function figuresOf(output: unknown): Record<string, number> {
  if (Object.hasOwn(fieldsOf(output), 'projectId')) return {}
  return Object.fromEntries(
    Object.entries(fieldsOf(output)).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
  )
}
