import { jsonProblem } from '../body-kind.ts'
import { type JsonLayout, layOutJson } from './layout/json-layout.ts'

export interface JsonReading {
  layout: JsonLayout
  /** Why the text is not JSON; null where it is. */
  problem: string | null
}

/** Lays a text out and tells whether it is JSON, in one go. */
export function readJsonBody(text: string): JsonReading {
  const steps = layOutJson(text)
  let step = steps.next()
  while (step.done !== true) step = steps.next()
  return { layout: step.value, problem: jsonProblem(text) }
}

/** What of a layout may be handed to another thread instead of copied. */
export function buffersOf({ layout: { starts, ends, depths, partners, sizes } }: JsonReading): Transferable[] {
  return [starts, ends, depths, partners, sizes].map(({ buffer }) => buffer as ArrayBuffer)
}
