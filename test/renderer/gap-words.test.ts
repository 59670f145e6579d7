import { expect, it } from 'vitest'
import type { GapReportView, GapView } from '#shared/contract/sources/gaps.ts'
import {
  cutWords,
  explanations,
  gapTitle,
  missingWords,
  rhythmWords,
  summary,
} from '../../src-renderer/features/sources/gaps/gap-words.ts'

const NOW = new Date(2026, 10, 25, 12).getTime()
const at = (hour: number, minute: number, day = 25) => new Date(2026, 10, day, hour, minute).toISOString()
const GAP: GapView = {
  since: at(10, 2),
  until: at(10, 40),
  isSilent: true,
  missing: { first: 401, last: 437, count: 37 },
  notWhole: 0,
  awayMs: 0,
}
const REPORT: GapReportView = {
  since: at(12, 0, 24),
  until: at(12, 0),
  items: [GAP],
  total: { gaps: 1, missing: 37 },
  numbering: 'dense',
  rhythm: { usualMs: 60_000, unusualAfterMs: 240_000 },
  unknown: [],
  resend: 'Ask.',
}

it('CAP-9 says in words when nothing came, and which ids are missing', () => {
  expect(gapTitle(GAP, NOW)).toBe('Nothing between 10:02:00 and 10:40:00, 38 min')
  expect(gapTitle({ ...GAP, isSilent: false, since: at(10, 2, 24) }, NOW)).toMatch(
    /^Not all between 24 Nov 10:02:00 and 10:40:00, 1 d/,
  )
  expect(missingWords(GAP)).toBe('37 ids missing: 401 to 437')
  expect(missingWords({ ...GAP, missing: { first: 7, last: 7, count: 1 } })).toBe('1 id missing: 7')
  expect(missingWords({ ...GAP, missing: null })).toBeNull()
})

it('CAP-9 names what may explain a gap, and nothing where nothing is known', () => {
  expect(explanations(GAP)).toEqual([])
  expect(explanations({ ...GAP, awayMs: 1_200_000, notWhole: 2 })).toEqual([
    'Hookloop did not run for 20 min of it.',
    '2 messages in it did not arrive whole.',
  ])
})

it('CAP-9 sums up, and calls nothing whole of which too little is known', () => {
  const none = { ...REPORT, items: [], total: { gaps: 0, missing: 0 } }
  expect(summary(REPORT)).toBe('1 gap, 37 ids missing')
  expect(summary({ ...REPORT, total: { gaps: 2, missing: 0 } })).toBe('2 gaps')
  expect(summary(none)).toBe('Nothing is missing')
  expect(summary({ ...none, rhythm: null, numbering: 'none' })).toBe('Too little came to tell')
  expect(rhythmWords(REPORT)).toBe('Usually silent for 1 min at most; unusual after 4 min.')
  expect(rhythmWords({ ...REPORT, rhythm: null })).toBeNull()
  expect(cutWords(REPORT)).toBeNull()
  expect(cutWords({ ...REPORT, total: { gaps: 512, missing: 600 } })).toBe('Shown are the latest 1 of 512.')
})
