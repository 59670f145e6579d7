import { join, resolve } from 'node:path'
import envPaths from 'env-paths'
import { z } from 'zod'
import { StartError } from './start-error.ts'

const Environment = z.object({
  HOOKLOOP_DATA: z.string().optional(),
  HOOKLOOP_KEY_FILE: z.string().optional(),
  HOOKLOOP_KEY: z.string().optional(),
  HOOKLOOP_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]{8,256}$/, 'must be 8 to 256 printable ASCII characters without a space')
    .optional(),
})

export interface Settings {
  dataDirectory: string
  /** Outside the data directory, so that a copy of the data alone opens no secret. */
  keyFile: string
  /** The master key itself, where it is given in place of a file. */
  key?: string
  token?: string
}

/** What the user chose by flag, else by environment, else the platform's own folders. Throws `StartError`. */
export function readSettings(
  flags: { data?: string | undefined; keyFile?: string | undefined } = {},
  env: NodeJS.ProcessEnv = process.env,
): Settings {
  const parsed = Environment.safeParse(withoutEmpty(env))
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`)
    throw new StartError(`The environment does not fit: ${problems.join('; ')}`)
  }
  const { HOOKLOOP_DATA, HOOKLOOP_KEY_FILE, HOOKLOOP_KEY, HOOKLOOP_TOKEN } = parsed.data
  const folders = envPaths('hookloop', { suffix: '' })
  return {
    dataDirectory: resolve(flags.data ?? HOOKLOOP_DATA ?? folders.data),
    keyFile: resolve(flags.keyFile ?? HOOKLOOP_KEY_FILE ?? join(folders.config, 'master.key')),
    ...(HOOKLOOP_KEY !== undefined && { key: HOOKLOOP_KEY }),
    ...(HOOKLOOP_TOKEN !== undefined && { token: HOOKLOOP_TOKEN }),
  }
}

/** A variable set to nothing means the same as one that is not set. */
function withoutEmpty(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
}
