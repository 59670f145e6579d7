import type { Socket } from 'node:net'

/** How many connections are taken, in all and from one address. */
export interface ConnectionLimits {
  total: number
  perAddress: number
}

/** Which connections are open, and which of them do nothing. Half-sent heads count as idle: only a whole head makes a request. */
export interface ConnectionTable {
  /**
   * Takes a connection in. Where there are as many as the limits allow, the one that must go instead: the one that has
   * been idle longest, of the same address where that has too many; the new one itself where none is idle.
   */
  admit(socket: Socket): Socket | null
  /** A request of it begins; the returned function ends it. Null where the connection was not taken in. */
  begin(socket: Socket): (() => void) | null
}

interface Connection {
  address: string
  /** Requests under way. */
  requests: number
}

/** `isShared` names addresses that speak for many: for them, only the total counts. */
export function createConnectionTable(
  { total, perAddress }: ConnectionLimits,
  isShared: (address: string) => boolean = () => false,
): ConnectionTable {
  const connections = new Map<Socket, Connection>()
  const byAddress = new Map<string, number>()
  /** In the order in which they became idle. */
  const idle = new Set<Socket>()

  function forget(socket: Socket): void {
    const connection = connections.get(socket)
    if (!connection) return
    connections.delete(socket)
    idle.delete(socket)
    const left = (byAddress.get(connection.address) ?? 1) - 1
    if (left > 0) byAddress.set(connection.address, left)
    else byAddress.delete(connection.address)
  }

  function longestIdle(address: string | null): Socket | null {
    for (const socket of idle) if (address === null || connections.get(socket)?.address === address) return socket
    return null
  }

  return {
    admit(socket) {
      const address = socket.remoteAddress ?? ''
      const ofAddress = byAddress.get(address) ?? 0
      const isGreedy = ofAddress >= perAddress && !isShared(address)
      const isCrowded = isGreedy || connections.size >= total
      const victim = isCrowded ? (longestIdle(isGreedy ? address : null) ?? socket) : null
      if (victim === socket) return victim
      if (victim) forget(victim)
      connections.set(socket, { address, requests: 0 })
      byAddress.set(address, (byAddress.get(address) ?? 0) + 1)
      idle.add(socket)
      socket.once('close', () => forget(socket))
      return victim
    },

    begin(socket) {
      const connection = connections.get(socket)
      if (!connection) return null
      connection.requests += 1
      idle.delete(socket)
      return () => {
        connection.requests -= 1
        if (connection.requests === 0 && connections.has(socket)) idle.add(socket)
      }
    },
  }
}
