// Debian's Redis, started for one row: its file is appended to at each write and on the disk within a second.
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { getuid } from 'node:process'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)
const STARTS_WITHIN_MS = 5_000

export interface Redis {
  /** Its socket in the file system, which costs a client less than one of the network. */
  socket: string
  version: string
  stop(): Promise<void>
}

/** Starts a Redis of its own in `folder`; a sentence that says what is missing where there is none to be had. */
export async function startRedis(folder: string): Promise<Redis | string> {
  const version = (await versionOf()) ?? (await installed())
  if (version === null)
    return 'redis-server is not installed, and only root on Debian may have it installed: apt-get install redis-server'
  const socket = join(folder, 'redis.sock')
  const durable = ['--appendonly', 'yes', '--appendfsync', 'everysec', '--save', '']
  const place = ['--port', '0', '--unixsocket', socket, '--dir', folder]
  const child = spawn('redis-server', [...durable, ...place], { stdio: 'ignore' })
  const exited = once(child, 'exit')
  const endsAt = performance.now() + STARTS_WITHIN_MS
  while (!existsSync(socket) && child.exitCode === null && performance.now() < endsAt) await wait(20)
  if (!existsSync(socket)) {
    child.kill()
    return `redis-server ${version} did not start`
  }
  return {
    socket,
    version,
    async stop() {
      child.kill()
      await exited
    },
  }
}

async function versionOf(): Promise<string | null> {
  const told = await run('redis-server', ['--version']).catch(() => null)
  return told && (/\bv=(\S+)/.exec(told.stdout)?.[1] ?? 'of an unknown version')
}

/** As Debian has it, and only where that may be done without asking: as root. */
async function installed(): Promise<string | null> {
  if (getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return null
  console.error('Installing redis-server …')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const install = (): Promise<unknown> =>
    run('apt-get', ['install', '-y', '--no-install-recommends', 'redis-server'], { env })
  await install()
    .catch(() => run('apt-get', ['update'], { env }).then(install))
    .catch((error: unknown) => console.error(String(error)))
  return versionOf()
}
