import { openConnection, type Connection } from './connection.ts'
import type { DialOptions } from './dial.ts'

export interface ConnectionPool {
  /** An idle connection to the origin, the one used last first, else a new one. */
  take(origin: string): Connection
  /** Gives one back after a whole answer; it stays for the next request while its socket lives. */
  giveBack(connection: Connection): void
  /** Closes one whose exchange did not end well. */
  drop(connection: Connection): void
  close(): Promise<void>
}

/** Connections by origin. Idle ones close by themselves after a few seconds; the longest idle goes where they are too many. */
export function createConnectionPool(options: DialOptions & { idleLimit: number }): ConnectionPool {
  /** In the order in which they fell idle. */
  const idle = new Set<Connection>()
  const idleByOrigin = new Map<string, Connection[]>()
  const all = new Set<Connection>()

  function forget(connection: Connection): void {
    if (!idle.delete(connection)) return
    const rest = (idleByOrigin.get(connection.origin) ?? []).filter((other) => other !== connection)
    if (rest.length > 0) idleByOrigin.set(connection.origin, rest)
    else idleByOrigin.delete(connection.origin)
  }

  function drop(connection: Connection): void {
    forget(connection)
    all.delete(connection)
    void connection.destroy()
  }

  function open(origin: string): Connection {
    const connection = openConnection(origin, options, (closed) => {
      if (idle.has(closed)) drop(closed)
    })
    all.add(connection)
    return connection
  }

  return {
    take(origin) {
      const connection = idleByOrigin.get(origin)?.at(-1)
      if (!connection) return open(origin)
      forget(connection)
      return connection
    },
    giveBack(connection) {
      if (!connection.isOpen() || !all.has(connection)) return drop(connection)
      idle.add(connection)
      const siblings = idleByOrigin.get(connection.origin)
      if (siblings) siblings.push(connection)
      else idleByOrigin.set(connection.origin, [connection])
      const [longestIdle] = idle
      if (idle.size > options.idleLimit && longestIdle) drop(longestIdle)
    },
    drop,
    async close() {
      const closing = [...all].map((connection) => connection.destroy())
      idle.clear()
      idleByOrigin.clear()
      all.clear()
      await Promise.all(closing)
    },
  }
}
