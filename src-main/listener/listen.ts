import type { AddressInfo, Server } from 'node:net'
import type { Log } from '../engine/ports.ts'
import { explainListenError } from './port-error.ts'
import { findPortOwner } from './port-owner.ts'

/** Resolves to the port once connections are taken; rejects with `PortInUseError` where the address cannot be had. */
export function listen(server: Server, at: { host: string; port: number; log: Log }): Promise<{ port: number }> {
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException) => {
      const owner = error.code === 'EADDRINUSE' ? findPortOwner(at.port) : Promise.resolve(null)
      void owner.then((name) => reject(explainListenError(error, at, name)))
    }
    server.once('error', fail)
    server.listen(at.port, at.host, () => {
      server.off('error', fail)
      // A connection that cannot be taken, for want of file handles or memory, must not end the process.
      server.on('error', (error) => at.log.error('A connection could not be taken', { error: String(error) }))
      resolve({ port: (server.address() as AddressInfo).port })
    })
  })
}
