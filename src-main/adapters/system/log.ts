import { pino } from 'pino'
import type { Log } from '#main/engine/ports.ts'

/** Keys whose values never reach a log line, at the top or one level down. */
const SECRET_KEYS = [
  'secret',
  'secrets',
  'token',
  'key',
  'password',
  'authorization',
  'Authorization',
  'cookie',
  'Cookie',
]

/** What is a secret wherever it stands, as in the text of an error: keys of the API, signing secrets, credentials. */
const SECRETS = /\bhlk_[0-9a-z]+_[0-9A-Za-z]+|\bwhsec_[\w+/=-]+|(?<=\bBearer )[^\s"\\]+|(?<=:\/\/)[^\s"/@]+(?=@)/g

export interface LogOptions {
  /** Keeps warnings and errors only. */
  quiet?: boolean
  /** Where lines go; stderr where left out, so that stdout stays for answers. */
  write?: (line: string) => void
}

/** One JSON object a line, with an ISO time. */
export function createLog({ quiet = false, write }: LogOptions = {}): Log {
  const options = {
    level: quiet ? 'warn' : 'info',
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    hooks: { streamWrite: (line: string) => line.replaceAll(SECRETS, '[hidden]') },
    redact: { paths: SECRET_KEYS.flatMap((key) => [key, `*.${key}`]), censor: '[hidden]' },
  }
  const logger = pino(options, write ? { write } : pino.destination({ dest: 2, sync: true }))
  return {
    info: (message, fields) => logger.info(fields ?? {}, message),
    warn: (message, fields) => logger.warn(fields ?? {}, message),
    error: (message, fields) => logger.error(fields ?? {}, message),
  }
}
