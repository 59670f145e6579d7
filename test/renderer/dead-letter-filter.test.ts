import { expect, it } from 'vitest'
import { queryOfGroup, toQuery, withId } from '../../src-renderer/features/dead-letters/dead-letter-filter.ts'

const GROUP = { endpointId: null, endpointName: null, count: 2, firstAt: '', lastAt: '' }

it('CRL-3 a group of dead letters asks for its own reason alone, also where none is known', () => {
  const named = withId({ ...GROUP, reason: 'timed_out' })
  expect(queryOfGroup(named, { failedSince: 'then' })).toEqual({
    failedSince: 'then',
    endpointId: 'none',
    reason: 'timed_out',
  })
  expect(queryOfGroup(withId({ ...GROUP, reason: null }), {})).toEqual({ endpointId: 'none', reason: 'none' })
})

it('CRL-3 the address keeps a reason, `none` among them, and drops what is no reason', () => {
  expect(toQuery({ reason: 'none' }, 0)).toEqual({ reason: 'none' })
  expect(toQuery({ reason: 'server_error' }, 0)).toEqual({ reason: 'server_error' })
  expect(toQuery({ reason: 'bad luck' }, 0)).toEqual({})
})
