import type { EndpointId } from '#shared/model/ids.ts'
import type { RevealResult, RevealStep, RevealTry, SecretFacts, VaultStore } from '#main/engine/ports.ts'
import type { MemoryState } from '../state.ts'

export function factsKey(endpointId: EndpointId, name: string): string {
  return JSON.stringify([endpointId, name])
}

export function createVaultStore(state: MemoryState): VaultStore {
  const isThere = (endpointId: EndpointId, name: string) =>
    state.secrets.some((secret) => secret.endpointId === endpointId && secret.name === name)

  function change(endpointId: EndpointId, name: string, of: (facts: SecretFacts) => SecretFacts): void {
    if (!isThere(endpointId, name)) return
    const key = factsKey(endpointId, name)
    state.secretFacts.set(key, of(state.secretFacts.get(key) ?? { name, owner: null, lastUsedAt: null }))
  }

  return {
    facts: async (endpointId) => {
      const names = new Set(state.secrets.filter((each) => each.endpointId === endpointId).map(({ name }) => name))
      return [...names].toSorted().flatMap((name) => state.secretFacts.get(factsKey(endpointId, name)) ?? [])
    },

    async setOwner({ endpointId, name, owner }) {
      change(endpointId, name, (facts) => ({ ...facts, owner }))
    },

    async noteUses(uses) {
      for (const { endpointId, name, at } of uses) {
        change(endpointId, name, (facts) => ({ ...facts, lastUsedAt: Math.max(facts.lastUsedAt ?? at, at) }))
      }
    },

    reveal: async (step) => reveal(state, step),

    async recordTry(tried) {
      state.reveals.push(tried)
    },

    reveals: async ({ endpointId, limit }) => triesOf(state, endpointId).toReversed().slice(0, limit),

    revealed: async (endpointId) =>
      new Map(
        triesOf(state, endpointId)
          .filter(({ outcome }) => outcome === 'revealed')
          .map(({ secretId, at, by }) => [secretId, { at, by }]),
      ),
  }
}

/** Decides about one reveal and records the try. */
export function reveal(state: MemoryState, step: RevealStep): RevealResult {
  const tries = triesOf(state, step.secret.endpointId)
  const at = Math.max(step.now, ...tries.map((tried) => tried.at))
  const result = decide(step, tries, at)
  state.reveals.push({ ...step.secret, at, by: step.by, outcome: result.outcome })
  return result
}

function triesOf({ reveals }: MemoryState, endpointId: RevealTry['endpointId']): RevealTry[] {
  return reveals.filter((tried) => tried.endpointId === endpointId)
}

function decide({ secret, most, withinMs }: RevealStep, tries: readonly RevealTry[], at: number) {
  const granted = tries.filter(({ outcome }) => outcome === 'revealed')
  const before = granted.find(({ secretId }) => secretId === secret.secretId)
  if (before) return { outcome: 'already_revealed' as const, before: { at: before.at, by: before.by } }
  const recent = granted.filter((tried) => tried.at > at - withinMs).map((tried) => tried.at)
  if (recent.length >= most) return { outcome: 'reveal_limit' as const, nextAt: Math.min(...recent) + withinMs }
  return { outcome: 'revealed' as const, at, left: most - recent.length - 1 }
}
