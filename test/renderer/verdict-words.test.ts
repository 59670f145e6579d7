import { describe, expect, it } from 'vitest'
import { explainVerdict } from '#shared/model/verdict-explanations.ts'
import { VerdictReason } from '#shared/model/verdict.ts'
import { proofRows } from '../../src-renderer/features/inbox/verdict/proof-rows.ts'
import { repeatLook } from '../../src-renderer/features/inbox/verdict/verdict-look.ts'
import { pastedSecret, secretDrafts, toSecrets } from '../../src-renderer/features/sources/verification/secret-draft.ts'
import { SecretId } from '#shared/model/ids.ts'
import { formatWait } from '../../src-renderer/ui/format/time.ts'

const words = { sender: 'GitHub', formatSpan: formatWait }
const explained = (reason: VerdictReason | null, skewSeconds?: number) =>
  explainVerdict(
    { verdict: 'invalid', reason, provider: 'github', ...(skewSeconds !== undefined && { skewSeconds }) },
    words,
  )

describe('the words of a verdict', () => {
  it.each(VerdictReason.options)('CAP-5 say what %s means and what to do next', (reason) => {
    const { title, explanation, nextStep } = explained(reason)
    expect(title).toMatch(/^[A-Z].+[^.]$/)
    for (const sentence of [explanation, nextStep ?? '']) expect(sentence).toMatch(/^[A-Z].{20,}\.$/)
    expect(explanation + nextStep!).not.toMatch(/undefined|NaN|\$\{/)
  })

  it('CAP-5 are others for each reason', () => {
    expect(new Set(VerdictReason.options.map((reason) => explained(reason).title)).size).toBe(9)
    expect(explained(null)).toMatchObject({ title: 'The signature is genuine', nextStep: null })
  })

  it('CAP-5 tell the skew in either direction', () => {
    expect(explained('stale_timestamp', 423).explanation).toContain('7 min 3')
    expect(explained('future_timestamp', -7_200).explanation).toContain('2 h')
  })
})

describe('the parts of a signature', () => {
  const proof = [
    { in: 'header', name: 'X-Sig', carries: ['signature'] },
    { in: 'header', name: 'X-Old-Sig', carries: ['signature'] },
    { in: 'body', name: 'at', carries: ['timestamp'] },
  ] as const
  const headers: [string, string][] = [
    ['x-sig', '1'],
    ['X-Other', 'o'],
    ['X-SIG', '2'],
  ]
  const names = (reason: VerdictReason) =>
    proofRows(proof, { headers, verdict: { verdict: 'invalid', reason, provider: 'p' } })

  it('CP06 are all values in wire order, and what is not used is left out', () => {
    expect(names('duplicate_header').map(({ name, values }) => [name, values])).toEqual([
      ['X-Sig', ['1', '2']],
      ['at', null],
    ])
  })

  it('CAP-5 are told as missing where that is the reason', () => {
    expect(names('missing_header').map(({ name, values }) => [name, values])).toContainEqual(['X-Old-Sig', []])
  })
})

it('CAP-6 tells a repeat from a first that came again', () => {
  expect(repeatLook({ duplicateOf: null, repeats: 0 })).toBeNull()
  expect(repeatLook({ duplicateOf: null, repeats: 2 })?.word).toBe('came 3×')
  expect(repeatLook({ duplicateOf: 'evt_1' as never, repeats: 0 })?.word).toBe('repeat')
})

describe('the secrets of a source in the form', () => {
  const id = SecretId.parse('sec_01JD8Z5K3WQ7M0X2T9B4C6E8FA')
  const [stored] = secretDrafts([{ id, createdAt: '2026-01-02T12:00:00.000Z' }])

  it('CAP-5 stay by id, are replaced by what is typed, and go where they are removed', () => {
    const added = { id: null, createdAt: null, value: 'new', isRemoved: false }
    expect(toSecrets([added, stored!])).toEqual(['new', { id }])
    expect(toSecrets([{ ...stored!, value: 'other' }])).toEqual(['other'])
    expect(
      toSecrets([
        { ...stored!, isRemoved: true },
        { ...added, value: '' },
      ]),
    ).toEqual([])
  })

  it('CAP-5 keep the lines of a pasted PEM, and leave other texts as they are', () => {
    const pem = '-----BEGIN PUBLIC KEY-----\nMIIB\r\n-----END PUBLIC KEY-----\n'
    expect(pastedSecret(pem)).toBe('-----BEGIN PUBLIC KEY-----\\nMIIB\\n-----END PUBLIC KEY-----')
    expect(pastedSecret('whsec_abc')).toBe('whsec_abc')
  })
})
