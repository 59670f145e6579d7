import { z } from 'zod'

/** What a key may do. Each procedure of the contract asks for exactly one; none includes another. */
export const Scope = z.enum([
  'events:read',
  'events:write',
  'deliveries:read',
  'deliveries:write',
  /** Beside `deliveries:write`, `events:write` or a scope of workflows: to send to a URL that is no saved endpoint. */
  'deliveries:anywhere',
  'endpoints:read',
  'endpoints:write',
  'secrets:reveal',
  'sources:read',
  'sources:write',
  'sources:subscribe',
  'catalog:read',
  'catalog:write',
  'workflows:read',
  'workflows:write',
  'workflows:run',
  'alerts:read',
  'alerts:write',
  'configuration:read',
  /** All that a file of configuration can change, secrets among it. */
  'configuration:write',
  'projects:read',
  'projects:write',
  'keys:read',
  'keys:write',
  'audit:read',
  'system:read',
  'system:write',
])
export type Scope = z.infer<typeof Scope>
