import type { lookup as systemLookup, LookupAddress } from 'node:dns'

/** Fewer than the four threads that files and the system's resolver share. */
const AT_ONCE = 2

/** Asks the system for a name: the same one only once at a time, and few at a time. */
export function createSystemNames(
  system: typeof systemLookup,
): (hostname: string) => Promise<readonly LookupAddress[]> {
  const asked = new Map<string, Promise<readonly LookupAddress[]>>()
  const waiting: (() => void)[] = []
  let running = 0

  function ask(hostname: string): Promise<readonly LookupAddress[]> {
    const { promise, resolve, reject } = Promise.withResolvers<readonly LookupAddress[]>()
    const start = (): void => {
      running += 1
      system(hostname, { all: true }, (error, addresses) => {
        running -= 1
        asked.delete(hostname)
        waiting.shift()?.()
        if (error) reject(error)
        else resolve(addresses)
      })
    }
    if (running < AT_ONCE) start()
    else waiting.push(start)
    return promise
  }

  return (hostname) => {
    const known = asked.get(hostname)
    if (known) return known
    const answer = ask(hostname)
    asked.set(hostname, answer)
    return answer
  }
}
