import type { AuditHead, AuditQuery, AuditRow, AuditStore } from '#main/engine/ports.ts'
import { newestFirst } from '../newest-first.ts'
import type { MemoryState } from '../state.ts'

export function createAuditStore({ audit }: MemoryState): AuditStore {
  let lastKey = 0
  const headOf = (): AuditHead | null => {
    const last = audit.entries.at(-1)
    return last ? { number: last.number, hash: last.hash } : null
  }

  return {
    async intend(draft) {
      audit.intents.set(++lastKey, draft)
      return lastKey
    },
    intents: async () => [...audit.intents].map(([key, draft]) => ({ key, draft })),
    forget: async (key) => void audit.intents.delete(key),
    async append({ link, settles }) {
      const row = link(headOf())
      audit.entries.push(row)
      if (settles !== null) audit.intents.delete(settles)
      return row
    },
    head: async () => headOf(),
    counted: async () => audit.entries.at(-1)?.number ?? null,
    async list(query) {
      const found = audit.entries.filter((row) => fits(row, query))
      return newestFirst(found, { id: ({ number }) => String(number), at: ({ number }) => number }, query)
    },
    after: async (number, limit) => audit.entries.filter((row) => row.number > number).slice(0, limit),
  }
}

function fits(row: AuditRow, { projectId, action, actor, target, outcome, since, until }: AuditQuery): boolean {
  return (
    (projectId === null || row.projectId === projectId) &&
    (action === null || (action.endsWith('.*') ? row.action.startsWith(action.slice(0, -1)) : row.action === action)) &&
    (actor === null || row.actorName === actor || row.keyId === actor) &&
    (target === null || row.targetId === target || row.targetName === target) &&
    (outcome === null || row.outcome === outcome) &&
    (since === null || row.at >= since) &&
    (until === null || row.at < until)
  )
}
