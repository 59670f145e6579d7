import type { CredentialKind, CredentialWarning } from '#shared/model/credential.ts'

export const KIND_WORDS: Record<CredentialKind, string> = {
  owner_token: 'owner token',
  api_key: 'API key',
  signing_secret: 'signing secret',
  named_secret: 'named secret',
  source_secret: 'source secret',
  verify_token: 'verify token',
  link_key: 'relay key',
  ingest_key: 'ingest key',
}

export const WARNING_WORDS: Record<CredentialWarning, string> = {
  no_owner: 'nobody named',
  old: 'old: rotate it',
  unused: 'unused for 90 days',
  ends_soon: 'ends soon',
  no_end: 'never ends',
  wide: 'may do much',
  locked: 'locked',
}
