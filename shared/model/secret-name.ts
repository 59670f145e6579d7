import { z } from 'zod'

/** The name of the secret that signs; no other secret can have it. */
export const SIGNING_SECRET = 'signing'

/** What a secret is called where a URL or header uses it as `{secret.name}`. */
export const SecretName = z
  .string()
  .regex(/^[a-z0-9_]{1,40}$/, 'use 1 to 40 small letters, digits and underscores')
  .refine((name) => name !== SIGNING_SECRET, 'this name is kept for the secret that signs')
export type SecretName = z.infer<typeof SecretName>
