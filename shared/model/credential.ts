import { z } from 'zod'

export const CredentialKind = z.enum([
  'owner_token',
  'api_key',
  'signing_secret',
  'named_secret',
  'source_secret',
  'verify_token',
  'ingest_key',
  'link_key',
])
export type CredentialKind = z.infer<typeof CredentialKind>

/** What is worth a look: nobody answers for it, it grew old, nothing uses it, it ends soon or never, or it cannot be opened. */
export const CredentialWarning = z.enum(['no_owner', 'old', 'unused', 'ends_soon', 'no_end', 'wide', 'locked'])
export type CredentialWarning = z.infer<typeof CredentialWarning>
