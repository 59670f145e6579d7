import type { Provider } from './catalog/provider.ts'
import type * as ports from './ports.ts'
import type { LinkTimings } from './subscriptions/timings.ts'

/** What the engine is made of. */
export interface EngineDeps {
  store: ports.Store
  /** In which the store lies. */
  files: ports.StorageFiles
  /** Files on their way out and in. */
  exchangeFiles: ports.ExchangeFiles
  vault: ports.Vault & ports.KeyGuard
  transport: ports.Transport
  /** To subscribe to sources of other relays. */
  relays: ports.RelayCaller
  providers: readonly Provider[]
  clock: ports.Clock
  ids: ports.Ids
  random: ports.Random
  log: ports.Log
  /** Whom deliveries may reach, as the transport judges it too; by default anyone but a cloud’s metadata. */
  guard?: ports.AddressGuard
  /** Of the program, as it tells others. */
  version?: string
  linkTimings?: LinkTimings
  /** Strangers can reach the capture port: its addresses hold a token that nobody guesses. */
  guardsCapture?: boolean
  /** How many requests a minute a key may send that has no quota of its own; null for any number. */
  keyQuotaPerMinute?: number | null
}
