import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

export interface FlakyProxy {
  /** `http://127.0.0.1:<port>` */
  origin: string
  /** Drops every connection that stands. */
  cut(): void
  /** From now on nothing comes through and nothing is closed, on connections of before and of later alike. */
  blackHole(): void
  /** Connections of later come through again; those of before stay dead. */
  heal(): void
  /** Which port lies behind it, for connections of later. */
  aim(port: number): void
  close(): Promise<void>
}

/** A network of its own between a client and a port on loopback that it is aimed at, which fails as it is told. */
export async function startFlakyProxy(): Promise<FlakyProxy> {
  let port = 0
  let isDark = false
  const pairs = new Set<readonly [Socket, Socket]>()
  const dark = new Set<readonly [Socket, Socket]>()

  const server = createServer((inward) => {
    const onward = connect(port, '127.0.0.1')
    const pair = [inward, onward] as const
    pairs.add(pair)
    for (const [from, to] of [pair, [onward, inward] as const]) {
      from.on('data', (chunk) => {
        if (isDark) darken(pair)
        else to.write(chunk)
      })
      from.on('end', () => to.end())
      from.on('error', () => {})
      from.on('close', () => {
        // Whoever hangs up in the dark is not heard to at the other end either.
        if (dark.has(pair)) return
        to.destroy()
        pairs.delete(pair)
      })
    }
    if (isDark) darken(pair)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')

  function darken(pair: readonly [Socket, Socket]): void {
    dark.add(pair)
    for (const socket of pair) {
      socket.removeAllListeners('data')
      socket.removeAllListeners('end')
      socket.pause()
    }
  }

  function cut(): void {
    for (const pair of pairs) for (const socket of pair) socket.destroy()
  }

  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut,
    blackHole() {
      isDark = true
      for (const pair of pairs) darken(pair)
    },
    heal: () => void (isDark = false),
    aim: (next) => void (port = next),
    async close() {
      cut()
      server.close()
      await once(server, 'close')
    },
  }
}
