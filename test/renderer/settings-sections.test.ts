import { expect, it } from 'vitest'
import type { CallerView } from '#shared/contract/access/caller.ts'
import { Scope } from '#shared/model/scope.ts'
import { mayShow } from '../../src-renderer/features/settings/section-needs.ts'

const owner: CallerView = {
  name: 'owner',
  kind: 'owner',
  keyId: null,
  scopes: [...Scope.options],
  project: null,
  expiresAt: null,
}
const WHOLE = { scope: 'system:read', whole: true } as const
const PROJECT = { scope: 'projects:read', whole: false } as const

it('CRL-1 the settings show a key what it may see, and one for a project nothing of the whole installation', () => {
  expect(mayShow(owner, WHOLE)).toBe(true)
  expect(mayShow({ ...owner, project: 'shop' }, PROJECT)).toBe(true)
  expect(mayShow({ ...owner, project: 'shop' }, WHOLE)).toBe(false)
  expect(mayShow({ ...owner, scopes: ['events:read'] }, PROJECT)).toBe(false)
  expect(mayShow({ ...owner, scopes: [] }, undefined)).toBe(true)
  expect(mayShow(undefined, WHOLE)).toBe(true)
})
