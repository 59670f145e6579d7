import type { Log } from '#main/engine/ports.ts'

export interface LogLine {
  level: 'info' | 'warn' | 'error'
  message: string
  fields: Readonly<Record<string, unknown>>
}

/** A log that keeps its lines for the test to read. */
export function createFakeLog(): Log & { lines: readonly LogLine[] } {
  const lines: LogLine[] = []
  const keep =
    (level: LogLine['level']): Log['info'] =>
    (message, fields = {}) =>
      void lines.push({ level, message, fields })
  return { lines, info: keep('info'), warn: keep('warn'), error: keep('error') }
}
