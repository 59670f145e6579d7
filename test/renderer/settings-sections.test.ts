import { expect, it } from 'vitest'
import type { CallerView } from '#shared/contract/access/caller.ts'
import { Scope } from '#shared/model/scope.ts'
import { sectionsFor } from '../../src-renderer/features/settings/sections.ts'

const owner: CallerView = {
  name: 'owner',
  kind: 'owner',
  keyId: null,
  scopes: [...Scope.options],
  project: null,
  expiresAt: null,
}
const names = (caller: CallerView) => sectionsFor(caller).map(({ id }) => id)

it('CRL-1 the settings show a key what it may see, and one for a project nothing of the whole installation', () => {
  expect(names(owner)).toContain('backups')
  expect(names({ ...owner, project: 'shop' })).toContain('retention')
  expect(names({ ...owner, project: 'shop' })).not.toContain('backups')
  expect(names({ ...owner, scopes: ['events:read'] })).not.toContain('retention')
  expect(names({ ...owner, scopes: [] })).toContain('about')
})
