import {
  type Configuration,
  CONFIGURATION_VERSION,
  ENTRIES,
  type Section,
  SECTIONS,
} from '#shared/model/configuration/configuration.ts'
import type { ConfigurationProblem } from '#shared/model/configuration/plan.ts'
import { findingsIn } from '../errors/explain-issues.ts'
import { nearestName } from './nearest-name.ts'

export interface ReadConfiguration {
  /** As far as it could be read. */
  configuration: Configuration
  problems: readonly ConfigurationProblem[]
}

/** Reads what a file holds; what cannot be read is told, all of it. */
export function readConfiguration(given: Readonly<Record<string, unknown>>): ReadConfiguration {
  const problems: ConfigurationProblem[] = []
  const read: Partial<Record<Section, ReadonlyMap<string, unknown>>> = {}
  for (const [key, value] of Object.entries(given)) {
    if (key === 'version') problems.push(...versionProblems(value))
    else if (!isSection(key)) problems.push(unknown([key], [...SECTIONS, 'version']))
    else if (!isObject(value)) problems.push(noSection(key))
    else read[key] = readEntries(key, value, problems)
  }
  return { configuration: read as Configuration, problems }
}

function readEntries(
  section: Section,
  entries: object,
  problems: ConfigurationProblem[],
): ReadonlyMap<string, unknown> {
  const read = new Map<string, unknown>()
  for (const [name, entry] of Object.entries(entries)) {
    const path = [section, name]
    const parsed = ENTRIES[section].safeParse(entry)
    if (parsed.success) read.set(name, parsed.data)
    else problems.push(...findingsIn(parsed.error.issues).map((finding) => problemOf(path, finding, section)))
  }
  return read
}

function problemOf(
  parent: readonly string[],
  { path, text, isUnknown }: ReturnType<typeof findingsIn>[number],
  section: Section,
): ConfigurationProblem {
  const whole = [...parent, ...path]
  if (isUnknown) return unknown(whole, path.length === 1 ? Object.keys(ENTRIES[section].shape) : [])
  return { path: whole, message: `It ${text}.`, hint: null }
}

function unknown(path: readonly string[], known: readonly string[]): ConfigurationProblem {
  const nearest = nearestName(path.at(-1) ?? '', known)
  return { path, message: 'It is not a known field.', hint: nearest === null ? null : `Is ${nearest} meant?` }
}

function versionProblems(version: unknown): ConfigurationProblem[] {
  if (version === CONFIGURATION_VERSION) return []
  const message = `It must be ${CONFIGURATION_VERSION}, the one form of files that this Hookloop reads.`
  return [{ path: ['version'], message, hint: null }]
}

function noSection(section: string): ConfigurationProblem {
  const message = 'It must hold entries under their names.'
  return { path: [section], message, hint: 'Write {} where there are to be none, or leave it out to leave them alone.' }
}

function isSection(key: string): key is Section {
  return Object.hasOwn(ENTRIES, key)
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
