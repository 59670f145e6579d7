import type { Handshake } from '../../catalog/handshake.ts'
import type { Place } from '../../catalog/provider.ts'
import type { ReceivedRequest } from '../../engine.ts'

const MASK = '***'

/** A handshake's request as it is kept: what it shows of secrets, in headers and query, is masked. */
export function withoutSecrets(request: ReceivedRequest, { secretAt, need }: Handshake): ReceivedRequest {
  const places = [secretAt, need?.kind === 'verify-token' ? need.at : undefined].filter((place) => place !== undefined)
  return places.reduce(masked, request)
}

function masked(request: ReceivedRequest, place: Place): ReceivedRequest {
  if ('header' in place) {
    const wanted = place.header.toLowerCase()
    const headers = request.headers.map(([name, value]): [string, string] => [
      name,
      name.toLowerCase() === wanted ? MASK : value,
    ])
    return { ...request, headers }
  }
  if (!('query' in place) || request.query === null) return request
  const pairs = request.query.split('&').map((pair) => {
    const [[name] = ['']] = [...new URLSearchParams(pair)]
    return name === place.query ? `${place.query}=${MASK}` : pair
  })
  return { ...request, query: pairs.join('&') }
}
