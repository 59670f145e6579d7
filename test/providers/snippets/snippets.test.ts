import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { SnippetLanguage } from '#shared/model/snippet.ts'
import { verificationSnippets } from '#main/engine/snippets/snippet.ts'
import { providers } from '#main/providers/index.ts'
import { casesFor, judgedByUs } from './cases.ts'
import { dedicatedCases, hasDedicatedCases } from './dedicated-cases.ts'
import { missingFor, run } from './interpreters.ts'
import { place, runSnippets } from './run-snippets.ts'

/** Go builds the packages of its standard library first where nobody has before. */
const LONG_MS = 240_000
const isRequired = Boolean(process.env['HOOKLOOP_REQUIRE_INTERPRETERS'])

const written = providers.filter(({ signing }) => signing !== null)
const sign = () =>
  Object.fromEntries(
    written.map((provider) => [
      provider.id,
      hasDedicatedCases(provider.id) ? dedicatedCases(provider) : casesFor(provider),
    ]),
  )
const folder = mkdtempSync(join(tmpdir(), 'hookloop-snippets-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('verification snippets', () => {
  it('RPL-5 are tried with requests that our own verifier judges in the same way', () => {
    const cases = sign()
    const judged = written.map(({ id, signing }) => [id, cases[id]!.map((one) => judgedByUs(signing!, one))])
    expect(judged).toEqual(written.map(({ id }) => [id, cases[id]!.map(({ expected }) => expected)]))
  })

  it('RPL-5 are written for every provider that signs, in every language', () => {
    const lacking = written.filter((provider) => verificationSnippets(provider, SnippetLanguage.options).length < 5)
    expect(lacking.map(({ id }) => id)).toEqual([])
  })

  describe.each(SnippetLanguage.options)('in %s', (language) => {
    const missing = missingFor(language)

    it.skipIf(missing !== null && !isRequired)(
      `RPL-5 accept what is genuine and refuse what is not, for every provider${missing ? ` (left out: ${missing})` : ''}`,
      () => {
        if (missing !== null) throw new Error(`HOOKLOOP_REQUIRE_INTERPRETERS is set, but ${missing}.`)
        const own = mkdtempSync(join(folder, `${language}-`))
        const answers = runSnippets(language, sign, own)
        const cases = sign()
        const named = (id: string, value: (index: number) => unknown) =>
          cases[id]!.map(({ name }, index) => [id, name, value(index)])
        const got = Object.keys(cases).flatMap((id) => named(id, (index) => answers[id]?.[index]))
        expect(got).toEqual(Object.keys(cases).flatMap((id) => named(id, (index) => cases[id]![index]!.expected)))
      },
      LONG_MS,
    )
  })
})

describe('snippets in Go', () => {
  const missing = missingFor('go')

  it.skipIf(missing !== null && !isRequired)('RPL-5 are written as gofmt leaves them', () => {
    const own = mkdtempSync(join(folder, 'gofmt-'))
    for (const { id } of written) place('go', id, own)
    expect(run('gofmt', ['-l', own])).toBe('')
  })
})
