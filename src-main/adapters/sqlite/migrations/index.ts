import { firstSchema } from './0001-first-schema.ts'
import { verdictsAndMessages } from './0002-verdicts-and-messages.ts'
import { answersAndIngestion } from './0003-answers-and-ingestion.ts'
import { ownCatalog } from './0004-own-catalog.ts'
import { trailersAndRuns } from './0005-trailers-and-runs.ts'
import { secretRotation } from './0006-secret-rotation.ts'
import { endpointStats } from './0007-endpoint-stats.ts'
import { audit } from './0008-audit.ts'
import { workflows } from './0009-workflows.ts'
import { apiKeys } from './0010-api-keys.ts'
import { deadLettersAndAlerts } from './0011-dead-letters-and-alerts.ts'
import { vault } from './0012-vault.ts'
import { operations } from './0013-operations.ts'
import { rawAnswers } from './0014-raw-answers.ts'
import { purposes } from './0015-purposes.ts'
import { drift } from './0016-drift.ts'
import { searchIndexes } from './0017-search-indexes.ts'
import { auditFilters } from './0018-audit-filters.ts'
import { figures } from './0019-figures.ts'
import { replays } from './0020-replays.ts'
import { subscriptions } from './0021-subscriptions.ts'
import { editedAndRead } from './0023-edited-and-read.ts'
import { editedCopies } from './0027-edited-copies.ts'
import { outcomesAgain } from './0025-outcomes-again.ts'
import { sentEventBodies } from './0028-sent-event-bodies.ts'

/** One step of the schema, never changed once released. */
export interface Migration {
  name: string
  sql: string
}

/** In order; the schema version is how many have been applied. */
export const MIGRATIONS: readonly Migration[] = [
  firstSchema,
  verdictsAndMessages,
  answersAndIngestion,
  ownCatalog,
  trailersAndRuns,
  secretRotation,
  endpointStats,
  audit,
  workflows,
  apiKeys,
  deadLettersAndAlerts,
  vault,
  operations,
  rawAnswers,
  purposes,
  drift,
  searchIndexes,
  auditFilters,
  figures,
  replays,
  subscriptions,
  outcomesAgain,
  editedAndRead,
  editedCopies,
  sentEventBodies,
]
