import { z } from 'zod'

/** A destination whose request shape is known. */
export const IntegrationKind = z.enum(['ga4', 'meta', 'google_ads'])
export type IntegrationKind = z.infer<typeof IntegrationKind>

/** Identifiers of an integration that are no secret, by name, such as `measurementId`. */
export const IntegrationSettings = z.record(z.string(), z.string())
export type IntegrationSettings = z.infer<typeof IntegrationSettings>

/** How long after a change its deliveries are to be looked at, in hours, where nothing is said. */
export const DEFAULT_WATCH_HOURS = 24
