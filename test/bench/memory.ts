import { spawnSync } from 'node:child_process'

/** Looks at what a process keeps in memory every `everyMs`; `stop` answers the most that it saw, in bytes. */
export function watchMemory(pid: number, everyMs: number): { stop(): number } {
  let most = 0
  const look = () => {
    const { stdout } = spawnSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })
    most = Math.max(most, Number(stdout) * 1024)
  }
  const timer = setInterval(look, everyMs)
  return {
    stop() {
      clearInterval(timer)
      look()
      return most
    },
  }
}
