import type { Migration } from './index.ts'

/** How many endpoints of a project may be active under a policy that limits them. */
const LIMIT = /* sql */ `
ALTER TABLE projects ADD COLUMN active_endpoint_limit INTEGER NOT NULL DEFAULT 3 CHECK (active_endpoint_limit > 0);
`

/** Attempts know their endpoint and the gist of their end, so that one index tells of the last day without a look at more. */
const STATS = /* sql */ `
CREATE INDEX deliveries_ended ON deliveries (endpoint_key, updated_at, state) WHERE state IN ('succeeded', 'failed');

ALTER TABLE attempts ADD COLUMN endpoint_key INTEGER REFERENCES endpoints;
ALTER TABLE attempts ADD COLUMN failure_code TEXT;
ALTER TABLE attempts ADD COLUMN total_ms REAL;
UPDATE attempts
SET endpoint_key = (SELECT endpoint_key FROM deliveries WHERE key = delivery_key), failure_code = failure ->> '$.code',
  total_ms = timings ->> '$.totalMs'
WHERE finished_at > (SELECT max(finished_at) - 86400000 FROM attempts);
CREATE INDEX attempts_by_endpoint ON attempts
  (endpoint_key, finished_at, outcome, number, trigger, status, failure_code, total_ms, delivery_key)
  WHERE endpoint_key IS NOT NULL;
`

export const endpointStats: Migration = { name: 'endpoint stats', sql: LIMIT + STATS }
