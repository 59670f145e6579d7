import type { DataKeyStore, SealedDataKey, SealedText, TextKind } from '#main/engine/ports.ts'
import type { ProjectId } from '#shared/model/ids.ts'
import type { MemoryState } from '../state.ts'

export function createDataKeyStore(state: MemoryState): DataKeyStore {
  const indexOf = ({ projectId, number }: Pick<SealedDataKey, 'projectId' | 'number'>) =>
    state.dataKeys.findIndex((key) => key.projectId === projectId && key.number === number)

  return {
    list: async (projectId) =>
      state.dataKeys.filter((key) => key.projectId === projectId).toSorted((a, b) => b.number - a.number),

    async keep(key) {
      const kept = state.dataKeys[indexOf(key)]
      if (!kept) state.dataKeys.push(key)
      return kept ?? key
    },

    async replace(key, to) {
      const index = indexOf(key)
      if (!isSame(state.dataKeys[index]?.sealed, key.sealed)) return false
      state.dataKeys[index] = { ...key, sealed: to }
      return true
    },

    async drop(key) {
      const index = indexOf(key)
      if (index !== -1) state.dataKeys.splice(index, 1)
    },

    texts: async ({ projectId, kind, after, limit }) =>
      textsOf(state, projectId, kind)
        .map((text, index) => ({ position: index + 1, text }))
        .filter(({ position }) => position > after)
        .slice(0, limit),

    reseal: async (text, to) => reseal(state, text, to),
  }
}

function textsOf(state: MemoryState, projectId: ProjectId, kind: TextKind): SealedText[] {
  switch (kind) {
    case 'endpoint':
      return state.secrets.filter((secret) => secret.projectId === projectId)
    case 'source':
      return [...state.sourceSecrets.values()].flat().filter((secret) => secret.projectId === projectId)
    case 'sender':
      return [...state.senders.values()].flatMap(({ id, sealed, ...sender }) =>
        sealed && sender.projectId === projectId ? [{ senderId: id, projectId, sealed }] : [],
      )
    case 'answer':
      return [...state.rawAnswers.values()].flatMap(({ attemptId, sealed, projectId: of }) =>
        sealed && of === projectId ? [{ attemptId, projectId, sealed }] : [],
      )
  }
}

function reseal(state: MemoryState, text: SealedText, sealed: Uint8Array): boolean {
  if ('attemptId' in text) {
    const kept = state.rawAnswers.get(text.attemptId)
    if (!kept || !isSame(kept.sealed ?? undefined, text.sealed)) return false
    state.rawAnswers.set(kept.attemptId, { ...kept, sealed })
    return true
  }
  if ('senderId' in text) {
    const sender = state.senders.get(text.senderId)
    if (!sender || !isSame(sender.sealed ?? undefined, text.sealed)) return false
    state.senders.set(sender.id, { ...sender, sealed })
    return true
  }
  if ('sourceId' in text) {
    const secrets = state.sourceSecrets.get(text.sourceId) ?? []
    const meant = secrets.find(({ id }) => id === text.id)
    if (!isSame(meant?.sealed, text.sealed)) return false
    state.sourceSecrets.set(
      text.sourceId,
      secrets.map((secret) => (secret === meant ? { ...secret, sealed } : secret)),
    )
    return true
  }
  const index = state.secrets.findIndex(({ id, version }) => id === text.id && version === text.version)
  if (!isSame(state.secrets[index]?.sealed, text.sealed)) return false
  state.secrets[index] = { ...state.secrets[index]!, sealed }
  return true
}

function isSame(one: Uint8Array | undefined, other: Uint8Array): boolean {
  return one !== undefined && one.length === other.length && one.every((byte, index) => byte === other[index])
}
