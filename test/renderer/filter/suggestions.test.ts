import { expect, it } from 'vitest'
import type { FilterSubject } from '#shared/model/filter/language/filter-term.ts'
import { parseFilter } from '#shared/model/filter/language/parse-filter.ts'
import { suggestionsAt, withTaken } from '../../../src-renderer/ui/filter/suggest/suggestions.ts'

const known = {
  source: [{ value: 'inbox' }, { value: 'shop-eu' }],
  endpoint: [{ value: 'CRM sync' }, { value: 'none' }],
  type: [{ value: 'order.*' }, { value: 'order.paid' }, { value: 'border.crossed' }],
}

/** `|` stands for the caret. */
function at(written: string, subject: FilterSubject = 'events') {
  const caret = written.indexOf('|')
  const text = written.replace('|', '')
  const found = suggestionsAt(text, caret, { subject, known })
  return { text, found, words: found.items.map(({ insert }) => insert) }
}

/** The text with the named suggestion taken, `|` where the caret then stands. */
function taken(written: string, insert: string): string {
  const { text, found } = at(written)
  const { text: next, caret } = withTaken(
    text,
    found,
    found.items.find((item) => item.insert === insert)!,
  )
  return `${next.slice(0, caret)}|${next.slice(caret)}`
}

it('RPL-4 suggests keys first, of the list that is narrowed', () => {
  expect(at('|').words.slice(0, 3)).toEqual(['type:', 'source:', 'state:'])
  expect(at('|').words).toContain('$.')
  expect(at('|', 'deliveries').words).not.toContain('source:')
  expect(at('refund |').words).toContain('verdict:')
  expect(at('st|').words.slice(0, 2)).toEqual(['state:', 'status:'])
  expect(at('-st|').words.slice(0, 2)).toEqual(['state:', 'status:'])
})

it('RPL-4 suggests the values of a key: those that begin so before those that hold it', () => {
  expect(at('source:|').words).toEqual(['inbox', 'shop-eu'])
  expect(at('type:order|').words).toEqual(['order.*', 'order.paid', 'border.crossed'])
  expect(at('verdict:in|').words).toEqual(['invalid'])
  expect(at('state:failed,|').words).not.toContain('failed')
  expect(at('endpoint:crm|').words).toEqual(['"CRM sync"'])
  expect(at('until:|').words).toEqual(['1h', '24h'])
})

it('RPL-4 suggests values whose key was not written, once two letters are', () => {
  expect(at('fail|').words).toContain('state:failed')
  expect(at('f|').words).toEqual([])
  expect(at('order|', 'deliveries').words).toEqual(['type:order.*', 'type:order.paid'])
})

it('RPL-4 suggests nothing within a path, a quote, or a key that narrows another list', () => {
  for (const written of ['$.data.i|', '"some te|', 'nokey:|', 'replay:|']) expect(at(written).words).toEqual([])
  expect(at('source:|', 'deliveries').words).toEqual([])
})

it('RPL-4 writes what is taken in place of what was begun, and leaves the rest', () => {
  expect(taken('st|', 'state:')).toBe('state:|')
  expect(taken('-st| refund', 'state:')).toBe('-state:| refund')
  expect(taken('source:sh|', 'shop-eu')).toBe('source:shop-eu |')
  expect(taken('state:failed,he| refund', 'held')).toBe('state:failed,held | refund'.replace('| ', '|'))
  expect(taken('endpoint:"cr|', '"CRM sync"')).toBe('endpoint:"CRM sync" |')
  expect(taken('fail|', 'state:failed')).toBe('state:failed |')
})

it('RPL-4 suggests nothing that cannot be read', () => {
  for (const subject of ['events', 'deliveries'] as const) {
    for (const key of at('|', subject).words.filter((word) => word.endsWith(':'))) {
      for (const value of at(`${key}|`, subject).words) {
        expect(parseFilter(`${key}${value}`, subject).problem, `${key}${value}`).toBeNull()
      }
    }
  }
})
