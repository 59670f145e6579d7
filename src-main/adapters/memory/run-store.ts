import type { RunStore } from '#main/engine/ports.ts'
import type { MemoryState } from './state.ts'

export function createRunStore({ runs }: MemoryState): RunStore {
  return {
    begin: async (at) => void runs.push({ startedAt: at, aliveAt: at }),
    async alive(at) {
      const last = runs.pop()
      if (last) runs.push({ ...last, aliveAt: at })
    },
    async list({ since, until }) {
      const before = runs.filter(({ aliveAt }) => aliveAt < since)
      const from = before.length === 0 ? since : Math.max(...before.map(({ aliveAt }) => aliveAt))
      return runs.filter(({ startedAt, aliveAt }) => startedAt < until && aliveAt >= from)
    },
  }
}
