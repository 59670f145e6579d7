import type { RawAnswerStore } from '#main/engine/ports.ts'
import type { MemoryState } from '../state.ts'
import { reveal } from '../vault/vault-store.ts'

export function createRawAnswerStore(state: MemoryState): RawAnswerStore {
  const revealedOf = (attemptId: string) => {
    const found = state.reveals.find(({ secretId, outcome }) => secretId === attemptId && outcome === 'revealed')
    return found ? { at: found.at, by: found.by } : null
  }

  return {
    get: async (attemptId) => state.rawAnswers.get(attemptId) ?? null,

    ofDelivery: async (deliveryId) =>
      new Map(
        [...state.rawAnswers.values()]
          .filter((kept) => kept.deliveryId === deliveryId)
          .map(({ attemptId }) => [attemptId, revealedOf(attemptId)]),
      ),

    async reveal(step) {
      const result = reveal(state, step)
      const kept = [...state.rawAnswers.values()].find(({ attemptId }) => attemptId === step.secret.secretId)
      if (kept && result.outcome === 'revealed') state.rawAnswers.set(kept.attemptId, { ...kept, sealed: null })
      return result
    },
  }
}
