import type { EndpointId } from '#shared/model/ids.ts'
import type { RevealTry } from '#shared/model/reveal.ts'

export type { RevealTry } from '#shared/model/reveal.ts'

/** What is known about a secret of an endpoint beside its versions. */
export interface SecretFacts {
  name: string
  /** Null where nobody is named. */
  owner: string | null
  /** When a request last went out with it, unix ms; null for never. */
  lastUsedAt: number | null
}

export interface SecretUse {
  endpointId: EndpointId
  name: string
  at: number
}

/** What is revealed one time only, and what its limit is counted for. */
export type Revealable = Pick<RevealTry, 'secretId' | 'endpointId' | 'name' | 'version'>

export interface RevealStep {
  secret: Revealable
  by: RevealTry['by']
  now: number
  /** At most `most` reveals of an endpoint within `withinMs`. */
  most: number
  withinMs: number
}

export type RevealResult =
  | { outcome: 'revealed'; at: number; left: number }
  | { outcome: 'already_revealed'; before: Pick<RevealTry, 'at' | 'by'> }
  /** `nextAt` is when the next one is possible, unix ms. */
  | { outcome: 'reveal_limit'; nextAt: number }

export interface VaultStore {
  /** Of the secrets of an endpoint that are there; those of which nothing is known are left out. */
  facts(endpointId: EndpointId): Promise<readonly SecretFacts[]>
  setOwner(step: { endpointId: EndpointId; name: string; owner: string | null }): Promise<void>
  /** Keeps the latest use of each; uses of secrets that are gone are left out. */
  noteUses(uses: readonly SecretUse[]): Promise<void>
  /**
   * Decides about one reveal and records the try, in one step: a version once, and no more of an endpoint than the limit. Its
   * time is `now`, or that of the endpoint's latest try where the clock was set back since.
   */
  reveal(step: RevealStep): Promise<RevealResult>
  /** Records a try that came to nothing for another reason. */
  recordTry(tried: RevealTry): Promise<void>
  /** The tries of an endpoint's secrets, newest first, at most `limit`; those of secrets that are gone too. */
  reveals(query: { endpointId: EndpointId; limit: number }): Promise<readonly RevealTry[]>
  /** Which of an endpoint's secrets were revealed. */
  revealed(endpointId: EndpointId): Promise<ReadonlyMap<RevealTry['secretId'], Pick<RevealTry, 'at' | 'by'>>>
}
