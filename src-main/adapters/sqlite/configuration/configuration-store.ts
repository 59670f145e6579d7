import Database from 'better-sqlite3'
import type { ConfigurationStore, ConfiguredStores } from '#main/engine/ports.ts'
import type { Connection } from '../connection.ts'
import { createWorkflowStore } from '../workflows/workflow-store.ts'
import { createCatalogStore } from './catalog-store.ts'
import { createEndpointStore } from './endpoint-store.ts'
import { createSecretStore } from './secret-store.ts'
import { createSourceStore } from './source-store.ts'

/** The stores once more, whose writes run at once, inside the write that is going on. */
export function createConfigurationStore(connection: Connection): ConfigurationStore {
  let stores: ConfiguredStores | null = null
  let failure: { error: unknown } | null = null

  /** A store may turn what is thrown here into a promise that nobody awaits, so it is kept as well. */
  function writeAtOnce<T>(work: () => T): Promise<T> {
    try {
      const result = work()
      if (result === false) throw new RefusedStep('A step was refused')
      return Promise.resolve(result)
    } catch (error) {
      failure ??= { error }
      throw error
    }
  }

  function opened(): ConfiguredStores {
    const inside: Connection = { ...connection, write: writeAtOnce }
    return {
      sources: createSourceStore(inside),
      endpoints: createEndpointStore(inside),
      secrets: createSecretStore(inside),
      catalog: createCatalogStore(inside),
      workflows: createWorkflowStore(inside),
    }
  }

  return {
    async together(steps) {
      try {
        await connection.write(() => {
          stores ??= opened()
          failure = null
          for (const step of steps) {
            step(stores).catch(() => {})
            if (failure) throw (failure as { error: unknown }).error
          }
        })
        return true
      } catch (error) {
        if (error instanceof RefusedStep || isTaken(error)) return false
        throw error
      }
    },
  }
}

/** A version, or whatever else is there once, that another write added meanwhile. */
function isTaken(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code === 'SQLITE_CONSTRAINT_UNIQUE'
}

/** Rolls back the write that it is thrown in. */
class RefusedStep extends Error {}
