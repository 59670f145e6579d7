import type { EventDetail } from '#shared/contract/events.ts'
import { headerValues } from '#shared/model/header.ts'
import type { ProofPlace } from '#shared/model/proof-place.ts'

export interface ProofRow extends ProofPlace {
  /** In wire order; null for a place in the body. */
  values: readonly string[] | null
}

/** What the request carries of each place; older forms of a signature that it does not carry are left out. */
export function proofRows(
  proof: readonly ProofPlace[],
  { headers, verdict }: Pick<EventDetail, 'headers' | 'verdict'>,
) {
  const rows = proof.map((place): ProofRow => ({
    ...place,
    values: place.in === 'body' ? null : headerValues(headers, place.name),
  }))
  const isMissing = verdict?.reason === 'missing_header'
  return rows.filter(({ values }) => values === null || values.length > 0 || isMissing)
}
