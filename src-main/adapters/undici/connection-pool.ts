import type { Clock } from '#main/engine/ports.ts'
import { openConnection, type Connection, type ConnectionOptions, type Route } from './connection.ts'

export interface ConnectionPool {
  /** An idle connection along the route, the one used last first, else a new one. */
  take(route: Route, options: { fresh: boolean }): Connection
  /** Gives one back after a whole answer; it stays for the next request while its socket lives. */
  giveBack(connection: Connection): void
  /** Closes one whose exchange did not end well. */
  drop(connection: Connection): void
  close(): Promise<void>
}

export interface PoolOptions extends ConnectionOptions {
  idleLimit: number
  after: Clock['after']
}

/** Closing a socket takes the system as long as sending by it: where many end at once, others would wait for it. */
const TRIM_EVERY_MS = 5
const TRIM_SHARE = 1 / 16

/** Connections by route. Idle ones close by themselves after a few seconds; the longest idle go where they are too many. */
export function createConnectionPool(options: PoolOptions): ConnectionPool {
  /** In the order in which they fell idle. */
  const idle = new Set<Connection>()
  const idleByRoute = new Map<string, Connection[]>()
  const all = new Set<Connection>()
  let cancelTrim: (() => void) | null = null

  function forget(connection: Connection): void {
    if (!idle.delete(connection)) return
    const key = keyOf(connection.route)
    const rest = (idleByRoute.get(key) ?? []).filter((other) => other !== connection)
    if (rest.length > 0) idleByRoute.set(key, rest)
    else idleByRoute.delete(key)
  }

  function drop(connection: Connection): void {
    forget(connection)
    all.delete(connection)
    void connection.destroy()
  }

  /** A few at a time, and more of them the more there are. */
  function trimSoon(): void {
    cancelTrim ??= options.after(TRIM_EVERY_MS, () => {
      cancelTrim = null
      const tooMany = idle.size - options.idleLimit
      const longestIdle = [...idle].slice(0, Math.max(0, Math.ceil(tooMany * TRIM_SHARE)))
      longestIdle.forEach(drop)
      if (idle.size > options.idleLimit) trimSoon()
    })
  }

  function open(route: Route): Connection {
    const connection = openConnection(route, options, (closed) => {
      if (idle.has(closed)) drop(closed)
    })
    all.add(connection)
    return connection
  }

  return {
    take(route, { fresh }) {
      const connection = fresh ? undefined : idleByRoute.get(keyOf(route))?.at(-1)
      if (!connection) return open(route)
      forget(connection)
      return connection
    },
    giveBack(connection) {
      if (!connection.isOpen() || !all.has(connection)) return drop(connection)
      idle.add(connection)
      const key = keyOf(connection.route)
      const siblings = idleByRoute.get(key)
      if (siblings) siblings.push(connection)
      else idleByRoute.set(key, [connection])
      if (idle.size > options.idleLimit) trimSoon()
    },
    drop,
    async close() {
      cancelTrim?.()
      const closing = [...all].map((connection) => connection.destroy())
      idle.clear()
      idleByRoute.clear()
      all.clear()
      await Promise.all(closing)
    },
  }
}

/** Sockets whose peers were judged differently stand apart. */
function keyOf({ origin, tls }: Route): string {
  return tls.verify && tls.ca === null ? origin : `${origin} ${tls.verify ? 'verified' : 'any'} ${tls.ca ?? ''}`
}
