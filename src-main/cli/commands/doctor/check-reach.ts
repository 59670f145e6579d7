import { once } from 'node:events'
import { connect as connectTcp } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { EndpointView } from '#shared/contract/endpoints.ts'
import { type Finding, note, ok, wrong } from '#main/compose/doctor/finding.ts'
import { plain } from '../../text/plain.ts'

const PATIENCE_MS = 3_000

/** Whether each endpoint's host takes a connection from this machine; no request is sent. */
export function checkReach(endpoints: readonly EndpointView[]): Promise<Finding[]> {
  return Promise.all(
    endpoints.map(async ({ name, url }) => {
      const target = URL.parse(url)
      if (!target) return note('reach', `${plain(name)}: its address cannot be read.`)
      const place = `${plain(name)} (${target.host})`
      try {
        const tookMs = await dial(target)
        return ok('reach', `${place} took a connection in ${tookMs} ms.`)
      } catch (error) {
        const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
        return wrong(
          'reach',
          `${place} takes no connection from here: ${code}.`,
          `Look whether ${target.host} runs and is reached.`,
        )
      }
    }),
  )
}

async function dial(target: URL): Promise<number> {
  const startedAt = performance.now()
  const isSecure = target.protocol === 'https:'
  const host = target.hostname.replace(/^\[|\]$/g, '')
  const port = Number(target.port || (isSecure ? 443 : 80))
  const socket = isSecure ? connectTls({ host, port, servername: host }) : connectTcp({ host, port })
  try {
    await once(socket, isSecure ? 'secureConnect' : 'connect', { signal: AbortSignal.timeout(PATIENCE_MS) })
    return Math.round(performance.now() - startedAt)
  } finally {
    socket.destroy()
  }
}
