import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { explainListenError } from './port-error.ts'

/** Resolves to the port once connections are taken; rejects with `PortInUseError` where the address cannot be had. */
export function listen(server: Server, at: { host: string; port: number }): Promise<{ port: number }> {
  return new Promise((resolve, reject) => {
    const fail = (error: unknown) => reject(explainListenError(error, at))
    server.once('error', fail)
    server.listen(at.port, at.host, () => {
      server.off('error', fail)
      resolve({ port: (server.address() as AddressInfo).port })
    })
  })
}
