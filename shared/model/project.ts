import { z } from 'zod'
import { ProjectId } from './ids.ts'

/** A short name for addresses: lower-case letters, digits and inner hyphens, 63 characters at most. */
export const Slug = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, 'use lower-case letters, digits and hyphens, 63 characters at most')

/** How many times faster than the clock a project's waits run; 1 is real time, 3600 turns an hour into a second. */
export const TimeScale = z.number().min(1).max(86_400)

/** A UUID of any version, in small letters. */
export const SiteId = z
  .string()
  .toLowerCase()
  .regex(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'must be a UUID')
export const ActiveEndpointLimit = z.number().int().min(1).max(1_000)
export const DEFAULT_ACTIVE_ENDPOINT_LIMIT = 3

export const Project = z.object({
  id: ProjectId,
  /** Under which its integrations are operated. */
  siteId: SiteId,
  slug: Slug,
  name: z.string(),
  timeScale: TimeScale,
  /** Where failures of callbacks are told; null for nowhere. */
  notificationUrl: z.string().nullable(),
  /** How many endpoints may be active at one time, under each policy that has such a limit. */
  activeEndpointLimit: ActiveEndpointLimit,
  /** From which age on secrets are warned about. */
  secretMaxAgeDays: z.number().int().min(1).max(3_650),
  createdAt: z.number(),
})
export type Project = z.infer<typeof Project>

/** The project that is meant where a caller names none. */
export const DEFAULT_PROJECT_SLUG = 'default'

/** How old a secret may be before it is warned about, where a project says nothing else. */
export const SECRET_MAX_AGE_DAYS = 90
