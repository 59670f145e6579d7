// Many receivers that take long, in a process of its own: one port each.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

const [, , count = '0', fewestMs = '0', mostMs = '0'] = process.argv
const answerAfterMs = () => Number(fewestMs) + Math.random() * (Number(mostMs) - Number(fewestMs))

const ports = await Promise.all(
  Array.from({ length: Number(count) }, async () => {
    const server = createServer((request, response) => {
      request.resume()
      setTimeout(() => response.end(), answerAfterMs())
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return (server.address() as AddressInfo).port
  }),
)
process.send?.(ports)
process.on('disconnect', () => process.exit(0))
