import type { AttemptId, DeliveryId, EndpointId, ProjectId } from '#shared/model/ids.ts'
import type { RevealTry } from '#shared/model/reveal.ts'
import type { RevealResult, RevealStep } from '../../vault/vault-store.ts'

/** The answer to an attempt as it came, sealed: in the attempt's record secrets are masked. */
export interface SealedAnswer {
  projectId: ProjectId
  attemptId: AttemptId
  sealed: Uint8Array
}

/** One that is kept, or was until it was revealed. */
export interface KeptAnswer extends Omit<SealedAnswer, 'sealed'> {
  deliveryId: DeliveryId
  endpointId: EndpointId | null
  /** The attempt's. */
  number: number
  /** Null once it was revealed. */
  sealed: Uint8Array | null
}

/** They come with the conclusion of their attempt, and go with it. */
export interface RawAnswerStore {
  /** Null where nothing is masked in the attempt's answer. */
  get(attemptId: AttemptId): Promise<KeptAnswer | null>
  /** Of the attempts of a delivery that have one: when and by whom it was revealed; null while it can be. */
  ofDelivery(deliveryId: DeliveryId): Promise<ReadonlyMap<AttemptId, Pick<RevealTry, 'at' | 'by'> | null>>
  /** Decides as the vault does of a secret; what is revealed is forgotten by the same step. */
  reveal(step: RevealStep): Promise<RevealResult>
}
