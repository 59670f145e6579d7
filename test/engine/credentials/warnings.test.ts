import { expect, it } from 'vitest'
import { keyWarnings, warningsOf } from '#main/engine/credentials/warnings.ts'

const DAY = 86_400_000
const NOW = 1_000 * DAY
const FINE = { owner: 'Kim', createdAt: NOW - DAY, lastUsedAt: NOW, isUseKept: true, expiresAt: null, isOld: false }

it.each([
  ['nothing', {}, []],
  ['that nobody answers for it', { owner: null }, ['no_owner']],
  ['that it is old', { isOld: true }, ['old']],
  ['that it was not used for a quarter of a year', { lastUsedAt: NOW - 91 * DAY }, ['unused']],
  ['that it was never used', { createdAt: NOW - 91 * DAY, lastUsedAt: null }, ['unused']],
  ['nothing of a use that is not kept', { createdAt: NOW - 91 * DAY, lastUsedAt: null, isUseKept: false }, []],
  ['nothing of a use while it is new', { lastUsedAt: null }, []],
  ['that it ends within two weeks', { expiresAt: NOW + 14 * DAY }, ['ends_soon']],
  ['nothing of an end that is far', { expiresAt: NOW + 15 * DAY }, []],
] as const)('CRL-1 says of a credential %s', (_, change, warnings) => {
  expect(warningsOf({ ...FINE, ...change }, NOW)).toEqual(warnings)
})

it('CRL-1 says of a key that it never ends, and that it could make more of itself', () => {
  expect(keyWarnings({ expiresAt: NOW, scopes: ['events:read'] })).toEqual([])
  expect(keyWarnings({ expiresAt: null, scopes: ['events:read', 'secrets:reveal'] })).toEqual(['no_end', 'wide'])
})
