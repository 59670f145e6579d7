import { expect, it } from 'vitest'
import type { AuditEntryView } from '#shared/contract/audit/audit.ts'
import { readWord, toQuery } from '../../src-renderer/features/activity/activity-filter.ts'
import { toText } from '../../src-renderer/features/activity/export-entries.ts'
import { toCsv } from '../../src-renderer/ui/format/csv.ts'

const entry: AuditEntryView = {
  number: 1,
  at: '2026-01-02T12:00:00.000Z',
  actorName: '=HYPERLINK("http://evil")',
  actorKind: 'owner',
  keyId: null,
  address: '127.0.0.1',
  projectId: null,
  action: 'endpoint.create',
  targetId: null,
  targetName: 'Orders, "big"',
  outcome: 'done',
  code: null,
  detail: { changes: [{ field: 'name', after: 'x' }], facts: {} },
  previousHash: 'p',
  hash: 'h',
}

it('SE26 writes CSV in which no text is a formula, a new row or another cell', () => {
  const hostile = ['=cmd|calc', '+1', '-1', '@sum', ' =1', '\t=1', '\r=1', '|x', '%x', 'a\nb', 'a"b', 'a,b', '\n=1']
  const cells = hostile.map((text) => toCsv(['h'], [[text]]).slice('h\r\n'.length, -'\r\n'.length))
  expect(cells).toEqual([
    "'=cmd|calc",
    "'+1",
    "'-1",
    "'@sum",
    "' =1",
    "'\t=1",
    `"'\r=1"`,
    "'|x",
    "'%x",
    '"a\nb"',
    '"a""b"',
    '"a,b"',
    `"'\n=1"`,
  ])
  expect(toCsv(['a', 'b', 'c'], [[1, null, true]])).toBe('a,b,c\r\n1,,true\r\n')
})

it('SE26 saves entries as CSV with their detail, and as JSON Lines as they are', () => {
  const [header, row] = toText([entry], 'csv').split('\r\n')
  expect(header).toBe(
    'number,at,actorName,actorKind,keyId,address,projectId,action,targetId,targetName,outcome,code,previousHash,hash,detail',
  )
  expect(row).toBe(
    `1,2026-01-02T12:00:00.000Z,"'=HYPERLINK(""http://evil"")",owner,,127.0.0.1,,endpoint.create,,"Orders, ""big""",done,,p,h,"{""changes"":[{""field"":""name"",""after"":""x""}],""facts"":{}}"`,
  )
  expect(
    toText([entry, entry], 'jsonl')
      .split('\n')
      .slice(0, 2)
      .map((line) => JSON.parse(line) as unknown),
  ).toEqual([entry, entry])
})

it('SEC-5 reads what is typed as a filter of the activity', () => {
  expect(readWord(' actor:ci ')).toEqual({ actor: 'ci' })
  expect(readWord('target:"Order service"')).toEqual({ target: 'Order service' })
  expect(readWord('endpoint.*')).toEqual({ action: 'endpoint.*' })
  expect(readWord('Orders')).toEqual({ target: 'Orders' })
  expect(readWord('  ')).toEqual({})
  expect(toQuery({ outcome: 'perhaps', since: 'never', actor: 'ci' })).toEqual({ actor: 'ci' })
  expect(toQuery({ outcome: 'refused', since: '2026-01-02T00:00Z' })).toEqual({
    outcome: 'refused',
    since: '2026-01-02T00:00:00.000Z',
  })
})
