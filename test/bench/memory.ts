import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'

/** Looks at what a process keeps in memory every `everyMs`; `stop` answers the most that it saw, in bytes. */
export function watchMemory(pid: number, everyMs: number): { stop(): Promise<number> } {
  let most = 0
  const look = async (): Promise<void> => {
    most = Math.max(most, await residentBytes(pid).catch(() => 0))
  }
  const timer = setInterval(() => void look(), everyMs)
  return {
    async stop() {
      clearInterval(timer)
      await look()
      return most
    },
  }
}

/** Without holding up whoever measures something else meanwhile. */
async function residentBytes(pid: number): Promise<number> {
  if (process.platform === 'linux') {
    const kibibytes = /^VmRSS:\s+(\d+)/m.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1]
    return Number(kibibytes ?? 0) * 1_024
  }
  const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)])
  return Number(stdout) * 1_024
}
