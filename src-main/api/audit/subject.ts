import type { z } from 'zod'
import type { ProjectId } from '#shared/model/ids.ts'

export type Json = z.infer<ReturnType<typeof z.json>>

/** What an action is about, as far as an entry may tell of it. */
export interface Subject {
  id: string | null
  name: string | null
  projectId: ProjectId | null
  /** Fields whose values are told. */
  shown: Readonly<Record<string, Json>>
  /** Fields of which is told only that they changed: they may hold secrets, or are too long. */
  hidden: Readonly<Record<string, unknown>>
}

/** The input of a call, by field. */
export type Input = Readonly<Record<string, unknown>>

/** An object's fields; none for whatever is no object. */
export function fieldsOf(value: unknown): Input {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Input) : {}
}

export function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}
