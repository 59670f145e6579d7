import { expect, it } from 'vitest'
import { parseFilter } from '#shared/model/filter/language/parse-filter.ts'
import { groupOf, withGroup } from '../../../src-renderer/features/deliveries/filter/state-terms.ts'
import { withJsonTest } from '../../../src-renderer/features/inbox/tabs/json-test-term.ts'
import { readFilter } from '../../../src-renderer/platform/filter/read-filter.ts'

const NOBODY = { endpoint: [], source: [], type: [], provider: [] }

it('RPL-4 writes a state into a filter in place of those that it asked for', () => {
  expect(withGroup('', 'failed')).toBe('state:failed')
  expect(withGroup('type:a.* state:failed  since:2h', 'due')).toBe('state:scheduled,delivering type:a.* since:2h')
  expect(withGroup('state:failed "a b"', null)).toBe('"a b"')
  expect(groupOf('since:2h state:delivering,scheduled')).toBe('due')
  for (const filter of ['', '-state:failed', 'state:failed,held', 'state:failed state:held']) {
    expect(groupOf(filter), filter).toBeNull()
  }
})

it('RPL-4 filters by a value of a payload, as what it is', () => {
  const path = [
    { kind: 'key', key: 'data' },
    { kind: 'index', index: 0 },
    { kind: 'key', key: 'odd key' },
  ] as const
  expect(withJsonTest('', path, 42)).toBe('$.data[0]["odd key"]=42')
  expect(withJsonTest('type:a', path, '42')).toBe('type:a $.data[0]["odd key"]="42"')
  expect(withJsonTest('type:a', path, 'two words')).toBe('type:a $.data[0]["odd key"]="two words"')
  expect(withJsonTest('$.data[0]["odd key"]=1 type:a', path, null)).toBe('type:a $.data[0]["odd key"]=null')
  for (const value of ['', 'a"b\\', 'true', '-1e5', ' ', '=', 'é', 0.5, -1, false, null]) {
    const { terms, problem } = parseFilter(withJsonTest('', path, value), 'events')
    expect(problem).toBeNull()
    expect(terms).toMatchObject([{ kind: 'json', path, test: { comparison: '=', operand: { text: String(value) } } }])
  }
})

it('RPL-4 shows a name that nothing has at its token, once names are known', () => {
  const known = { ...NOBODY, source: [{ value: 'inbox' }], endpoint: [{ value: 'CRM sync' }] }
  expect(readFilter('source:nowhere refund', 'events', NOBODY).trouble).toBeNull()
  expect(readFilter('refund source:inbox,nowhere', 'events', known)).toMatchObject({
    asked: null,
    trouble: { start: 7, end: 27, message: 'There is no source “nowhere” in this project.' },
  })
  for (const filter of ['source:inbox', 'source:src_1', 'endpoint:"crm SYNC"', 'endpoint:end_1']) {
    expect(readFilter(filter, 'events', known).trouble, filter).toBeNull()
  }
})

it('RPL-4 asks for one filter with one text, however it is spaced', () => {
  expect(readFilter('  type:a    "b c" ', 'events', NOBODY).asked).toBe(
    readFilter('type:a "b c"', 'events', NOBODY).asked,
  )
  expect(readFilter('since:2026-11-28T10:00', 'events', NOBODY).asked).toBe(
    `since:${new Date(2026, 10, 28, 10).toISOString()}`,
  )
})
