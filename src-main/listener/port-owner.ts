import { execFile } from 'node:child_process'
import { readdir, readFile, readlink } from 'node:fs/promises'

/** A person waits for it at start. */
const PATIENCE_MS = 2_000
/** The state of a listening socket in /proc/net/tcp. */
const LISTENING = '0A'

/** The program that listens on a port, such as `nginx (process 812)`; null where that cannot be told. Never throws. */
export async function findPortOwner(port: number): Promise<string | null> {
  try {
    return process.platform === 'linux' ? await fromProc(port) : fromLsof(await lsof(port))
  } catch {
    return null
  }
}

/** Only the processes of the same user show what they have open. */
async function fromProc(port: number): Promise<string | null> {
  const sockets = await listeningSockets(port)
  for (const pid of await readdir('/proc')) {
    if (!/^\d+$/.test(pid)) continue
    const files = await readdir(`/proc/${pid}/fd`).catch(() => [])
    for (const file of files) {
      const target = await readlink(`/proc/${pid}/fd/${file}`).catch(() => '')
      if (sockets.has(target)) return described((await readFile(`/proc/${pid}/comm`, 'utf8')).trim(), pid)
    }
  }
  return null
}

/** As links of the form `socket:[inode]`. */
async function listeningSockets(port: number): Promise<ReadonlySet<string>> {
  const tables = ['/proc/net/tcp', '/proc/net/tcp6'].map((table) => readFile(table, 'utf8').catch(() => ''))
  const hexPort = port.toString(16).toUpperCase().padStart(4, '0')
  const rows = (await Promise.all(tables)).flatMap((table) => table.split('\n').map((line) => line.trim().split(/\s+/)))
  const found = rows.filter((row) => row[1]?.endsWith(`:${hexPort}`) && row[3] === LISTENING)
  return new Set(found.map((row) => `socket:[${row[9]}]`))
}

function lsof(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = ['-nP', '-Fpc', `-iTCP:${port}`, '-sTCP:LISTEN']
    execFile('lsof', options, { timeout: PATIENCE_MS }, (error, stdout) => (error ? reject(error) : resolve(stdout)))
  })
}

/** Reads lsof's own format for programs: a line `p<pid>`, then `c<command>`. */
function fromLsof(output: string): string | null {
  const pid = /^p(\d+)$/m.exec(output)?.[1]
  const command = /^c(.+)$/m.exec(output)?.[1]
  return pid === undefined || command === undefined ? null : described(command, pid)
}

function described(command: string, pid: string): string {
  return `${command} (process ${pid})`
}
