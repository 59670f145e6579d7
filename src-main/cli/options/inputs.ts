import { readFile } from 'node:fs/promises'
import { buffer } from 'node:stream/consumers'
import type { z } from 'zod'
import { UsageError } from '../exit.ts'
import type { Terminal } from '../terminal/terminal.ts'

type Json = z.infer<ReturnType<typeof z.json>>

/** What an option was given: itself, `@file`, or `-` for what is piped in. Throws `UsageError` that names the option. */
export async function bytesFrom(option: string, given: string, { stdin }: Terminal): Promise<Uint8Array<ArrayBuffer>> {
  if (given === '-') return new Uint8Array(await buffer(stdin))
  if (given.startsWith('@')) return fileBytes(option, given.slice(1))
  return new TextEncoder().encode(given)
}

export async function textFrom(option: string, given: string, terminal: Terminal): Promise<string> {
  const bytes = await bytesFrom(option, given, terminal)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    throw new UsageError(`${option} is no text in UTF-8`, { cause: error })
  }
}

export async function jsonFrom(option: string, given: string, terminal: Terminal): Promise<Json> {
  return parseJson(option, await textFrom(option, given, terminal))
}

export async function fileText(option: string, path: string): Promise<string> {
  return new TextDecoder().decode(await fileBytes(option, path))
}

async function fileBytes(option: string, path: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await readFile(path))
  } catch (error) {
    throw new UsageError(`${option} names ${path}, which cannot be read`, { cause: error })
  }
}

/** What stands in it is for the relay to judge. Throws `UsageError`. */
export function parseJson<T = Json>(option: string, text: string): T {
  try {
    return JSON.parse(text) as T
  } catch (error) {
    throw new UsageError(`${option} is no JSON: write it such as {"hello":1}`, { cause: error })
  }
}
