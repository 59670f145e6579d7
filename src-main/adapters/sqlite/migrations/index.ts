import { firstSchema } from './0001-first-schema.ts'
import { trailersAndRuns } from './0005-trailers-and-runs.ts'
import { secretRotation } from './0006-secret-rotation.ts'

/** One step of the schema, never changed once released. */
export interface Migration {
  name: string
  sql: string
}

/** In order; the schema version is how many have been applied. */
export const MIGRATIONS: readonly Migration[] = [firstSchema, trailersAndRuns, secretRotation]
