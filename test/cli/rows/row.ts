import type { AnyContractProcedure } from '@orpc/contract'
import type { z } from 'zod'
import type { CliRig } from '../cli-rig.ts'

/** One command line, and what is piped into it. */
export type Line = readonly string[] | { args: readonly string[]; stdin: string }

/** What is asked of one command. */
export interface Row {
  /** The words that name it. */
  command: string
  /** A line that works; made anew for each run. */
  works(rig: CliRig): Line | Promise<Line>
  /** What a person reads. */
  says: RegExp
  /** What a script reads. */
  json: z.ZodType
  /** A line that is rightly written and fails, and with which exit code. */
  fails: readonly [code: number, line: (rig: CliRig) => Line | Promise<Line>]
  /** A line that is wrongly written. */
  misused: readonly string[]
  /** What works on the data itself, or on nothing at all, asks no relay. */
  asksRelay?: false
}

/** The schema of the API's own answer. */
export function answerOf(procedure: AnyContractProcedure): z.ZodType {
  return procedure['~orpc'].outputSchema as z.ZodType
}

export async function newEndpoint(rig: CliRig, ...more: string[]): Promise<string> {
  const create = ['endpoints', 'create', '--name', 'Shop', '--url', `${rig.receiver.url}/hooks`, ...more]
  return (await rig.json<{ id: string }>(...create)).id
}

export async function newEvent(rig: CliRig, type = 'order.paid'): Promise<string> {
  return (await rig.json<{ id: string }>('events', 'send', '--type', type, '--data', '{"total":42}')).id
}
