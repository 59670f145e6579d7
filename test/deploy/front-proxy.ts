import { once } from 'node:events'
import { createServer, request as ask } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Stands for the proxy of the compose file, without its TLS: two ports behind one name. */
export async function startFrontProxy({ host, api, capture }: { host: string; api: number; capture: number }) {
  const server = createServer((request, response) => {
    const port = /^\/(in|ingest)\//.test(request.url ?? '') ? capture : api
    const headers = { ...request.headers, host, 'x-forwarded-for': '203.0.113.5', 'x-forwarded-proto': 'https' }
    const onward = ask({ host: '127.0.0.1', port, path: request.url, method: request.method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      response.flushHeaders()
      answer.pipe(response)
    })
    onward.on('error', () => response.writeHead(502).end())
    response.on('close', () => onward.destroy())
    request.pipe(onward)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
