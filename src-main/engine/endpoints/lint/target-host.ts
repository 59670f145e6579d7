import { specialUse } from '../../address-guard/address-ranges.ts'
import { readAddress } from '../../address-guard/read-address.ts'
import { withoutTokens } from '../../delivery/request/url-template.ts'

/** The URL of an endpoint with its templates made readable; null where it is none yet. */
export function targetUrl(template: string): URL | null {
  return URL.parse(withoutTokens(template))
}

const LOCAL_NAME = /(?:^|\.)(?:localhost|local|internal|intranet|lan|home\.arpa|test)$/i

/** Whether a URL leads out of this machine and its network, as far as its host tells. */
export function isPublic({ hostname }: URL): boolean {
  const bare = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
  const addresses = readAddress(bare)
  if (addresses) return addresses.every((address) => specialUse(address) === null)
  return bare.includes('.') && !LOCAL_NAME.test(bare)
}

/** Hosts of tunnels that have another name at each start. */
const TEMPORARY =
  /\.(?:ngrok-free\.app|ngrok\.app|ngrok\.io|ngrok-free\.dev|trycloudflare\.com|loca\.lt|localtunnel\.me|serveo\.net|lhr\.life|pinggy\.link|devtunnels\.ms|localhost\.run)$/i

export function isTemporary({ hostname }: URL): boolean {
  return TEMPORARY.test(hostname)
}
