/** Which names a request may be addressed to, so that no page elsewhere can reach the server by a name of its own. */
export interface AllowedHosts {
  /** `host` is the value of the Host header. */
  allows(host: string, port: number): boolean
  /** Whether `origin` is the page that this very server serves under `host`. */
  isOwnOrigin(origin: string, host: string): boolean
}

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]']
const WILDCARDS = ['0.0.0.0', '::']

/** `names` are further hosts, with a port or without (then the server's own, or none as behind a TLS proxy). */
export function createAllowedHosts(boundHost: string, names: readonly string[], isTls = false): AllowedHosts {
  const bound = WILDCARDS.includes(boundHost) ? [] : [boundHost.includes(':') ? `[${boundHost}]` : boundHost]
  const own = new Set([...LOOPBACK, ...bound].map((name) => name.toLowerCase()))
  const configured = new Set(names.map((name) => name.toLowerCase()))

  function isConfigured(host: string, port: number): boolean {
    return configured.has(host) || [...configured].some((name) => host === `${name}:${port}`)
  }

  return {
    allows(host, port) {
      const wanted = host.toLowerCase()
      if (isConfigured(wanted, port)) return true
      if (port === 80 && own.has(wanted)) return true
      return [...own].some((name) => wanted === `${name}:${port}`)
    },

    isOwnOrigin(origin, host) {
      const wanted = origin.toLowerCase()
      const name = host.toLowerCase()
      if (wanted === `http://${name}`) return true
      // A proxy in front of a configured name may speak TLS.
      return wanted === `https://${name}` && (isTls || configured.has(name))
    },
  }
}
