import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SigningRecipe } from '#shared/model/own-provider.ts'
import { toScheme } from '#main/engine/catalog/own/to-provider.ts'
import { signedRequest } from '#test/providers/signed-request.ts'
import { type ApiRig, startApiRig } from '#test/support/api-rig.ts'

const RECIPES: Readonly<Record<string, { header: string } & Record<string, unknown>>> = {
  'plain-body': { header: 'Tea-Signature', format: 'v1={signature}' },
  'signed-time': {
    header: 'Tea-Signature',
    signedContent: '{timestamp}.{body}',
    format: 't={timestamp},v1={signature}',
    separator: ',',
    encoding: 'base64',
    timestamp: { toleranceSeconds: 300 },
  },
  'iso-time': {
    header: 'Tea-Mac',
    algorithm: 'hmac-sha512',
    key: 'hex',
    signedContent: '{timestamp}|{body}',
    timestamp: { header: 'Tea-Time', unit: 'rfc3339', toleranceSeconds: 60 },
  },
}

type Verify = (body: Buffer, headers: Record<string, string>, secrets: string[]) => boolean

describe('verification code of an own provider', () => {
  let rig: ApiRig
  const folder = mkdtempSync(join(tmpdir(), 'hookloop-own-snippets-'))
  beforeAll(async () => {
    rig = await startApiRig()
  })
  afterAll(async () => {
    await rig.stop()
    rmSync(folder, { recursive: true })
  })

  async function snippets(id: string, signing: unknown, name = 'Tea “Shop”') {
    expect((await rig.call('POST', '/providers', { id, name, signing })).status).toBe(201)
    const response = await rig.call('GET', `/providers/${id}/snippets`)
    return ((await response.json()) as { items: { language: string; code: string }[] }).items
  }

  it.each(Object.keys(RECIPES))('PRV-7 RPL-5 takes what it signs and nothing else: %s', async (id) => {
    const items = await snippets(id, RECIPES[id])
    expect(items.map(({ language }) => language)).toEqual(['node', 'python', 'go', 'ruby', 'php'])
    const file = join(folder, `${id}.mjs`)
    writeFileSync(file, items[0]!.code)
    const [verify] = Object.values(
      (await import(/* @vite-ignore */ pathToFileURL(file).href)) as Record<string, Verify>,
    )
    const scheme = toScheme(SigningRecipe.parse(RECIPES[id]), { eventType: [], messageId: [] })
    const secret = 'c0ffee'.repeat(10)
    const { headers, body } = signedRequest(scheme, {
      body: Buffer.from('{"pot":"blå"}'),
      secrets: [secret],
      nowMs: Date.now(),
      url: '',
    })
    const byName = Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value]))
    expect(verify!(Buffer.from(body), byName, [secret])).toBe(true)
    expect(verify!(Buffer.from('{"pot":"red"}'), byName, [secret])).toBe(false)
    expect(verify!(Buffer.from(body), byName, ['00'.repeat(30)])).toBe(false)
  })

  it.each([
    ['a quote', { header: 'A', signedContent: "'+process.exit()+'{body}" }],
    ['a line break', { header: 'A', signedContent: 'v1\n{body}' }],
    ['a dollar and a brace', { header: 'A', signedContent: '${body}{body}' }],
    ['a backslash', { header: 'A', format: 'a\\={signature}' }],
  ])('PRV-7 RPL-5 is not written where a recipe holds %s, which would be code itself', async (what, signing) => {
    expect(await snippets(what.replaceAll(' ', '-'), signing)).toEqual([])
  })

  it('PRV-7 RPL-5 is not written where the name would end its comment', async () => {
    expect(await snippets('comment', { header: 'A' }, 'Tea */ process.exit() /*')).toEqual([])
  })
})
