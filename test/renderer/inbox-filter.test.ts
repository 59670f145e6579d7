import { expect, it } from 'vitest'
import { parseFilter } from '#shared/model/filter/language/parse-filter.ts'
import { filterText, isFiltered, takeNamed, toQuery } from '../../src-renderer/features/inbox/filter/inbox-filter.ts'

it('takes the named words out of a text and leaves the rest to be found', () => {
  expect(takeNamed('type:audit.* source:inbox refund 42')).toEqual({
    rest: 'refund 42',
    named: { type: 'audit.*', source: 'inbox' },
  })
})

it('leaves alone what only looks like a named word', () => {
  expect(takeNamed('mytype:x state:failed')).toEqual({ rest: 'mytype:x state:failed', named: {} })
  expect(takeNamed('type:')).toEqual({ rest: 'type:', named: {} })
})

it('asks for nothing that was left empty or is unknown', () => {
  expect(toQuery({ q: '  ', type: undefined, capture: 'whole' })).toEqual({})
  expect(isFiltered({ q: ' ' })).toBe(false)
  expect(toQuery({ q: ' a ', capture: 'partial' })).toEqual({ q: 'a', capture: 'partial' })
})

it('CAP-5 understands verdict:invalid, and no other word for it', () => {
  expect(takeNamed('verdict:invalid refund')).toEqual({ rest: 'refund', named: { verdict: 'invalid' } })
  expect(toQuery({ verdict: 'invalid' })).toEqual({ verdict: 'invalid' })
  expect(toQuery({ verdict: 'forged' })).toEqual({})
})

it('takes times that are written out, and asks for none that cannot be read', () => {
  const { named } = takeNamed('since:2026-11-25T10:02:00.000Z until:2026-11-26 ')
  expect(toQuery(named)).toEqual({
    since: '2026-11-25T10:02:00.000Z',
    until: new Date(2026, 10, 26).toISOString(),
  })
  expect(toQuery({ since: 'yesterday' })).toEqual({})
})

it('RPL-5 is one text that the API reads as the same filter', () => {
  expect(filterText({})).toBe('')
  expect(parseFilter(filterText({ type: 'audit.*', source: 'in "box"' }), 'events').terms).toEqual([
    { negated: false, kind: 'named', key: 'type', values: ['audit.*'] },
    { negated: false, kind: 'named', key: 'source', values: ['in "box"'] },
  ])
  expect(parseFilter(filterText({ q: 'refund 42', verdict: 'invalid' }), 'events').problem).toBeNull()
})
