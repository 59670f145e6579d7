import { z } from 'zod'
import { CredentialKind, CredentialWarning } from '../../model/credential.ts'
import { Scope } from '../../model/scope.ts'
import { Instant, pageOf, reads } from '../base.ts'

export const CredentialView = z.object({
  kind: CredentialKind,
  id: z.string(),
  name: z.string(),
  project: z.string().nullable().describe('The slug of the one project that it is for; null for all of them.'),
  use: z.string().describe('What it opens or proves.'),
  scopes: z.array(Scope).nullable().describe('What a key may do; null for what is no key of the API.'),
  owner: z.string().nullable(),
  createdAt: Instant.nullable().describe(
    'Of its value; null where that is not known. An ingest key says that of its source.',
  ),
  ageDays: z.number().int().nullable(),
  lastUsedAt: Instant.nullable().describe('Of sources, as far as their newest events tell.'),
  expiresAt: Instant.nullable(),
  isActive: z.boolean(),
  warnings: z.array(CredentialWarning),
})
export type CredentialView = z.infer<typeof CredentialView>

export const credentials = reads('audit:read')
  .route({
    method: 'GET',
    path: '/credentials',
    summary: 'Map every key and secret',
    description: 'What each is for, whose it is, how old, when last used. Never a value.',
    tags: ['Audit'],
  })
  .output(pageOf(CredentialView))
