import { once } from 'node:events'
import { createServer } from 'node:net'
import { readProxies } from '../../adapters/undici/dial/proxies.ts'
import { explainListenError } from '../../listener/port-error.ts'
import { type Finding, note, ok, wrongBy } from './finding.ts'

/** The way out that the environment names, without its credentials. */
export function checkProxies(env: NodeJS.ProcessEnv): Finding[] {
  const proxies = readProxies(env)
  const problems = proxies.problems.map((problem) => note('proxy', `${problem}.`, 'Deliveries go straight.'))
  const ways = ['http:', 'https:'].flatMap((protocol) => {
    const proxy = proxies.for({ protocol, hostname: 'receiver.example', port: protocol === 'http:' ? 80 : 443 })
    return proxy === null ? [] : [`${protocol}// by ${proxy.host}:${proxy.port}`]
  })
  if (ways.length > 0)
    return [...problems, ok('proxy', `Deliveries go out ${ways.join(', ')}; this machine is reached straight.`)]
  return problems.length > 0 ? problems : [ok('proxy', 'None: deliveries go straight.')]
}

/** Whether a relay could listen there now; each port is taken and let go of. */
export async function checkPorts(host: string, ports: readonly number[]): Promise<Finding[]> {
  return Promise.all(
    ports.map(async (port) => {
      try {
        const server = createServer().listen(port, host)
        await once(server, 'listening')
        server.close()
        await once(server, 'close')
        return ok('ports', `Port ${port} on ${host} is free.`)
      } catch (error) {
        return wrongBy('ports', explainListenError(error, { host, port }))
      }
    }),
  )
}
