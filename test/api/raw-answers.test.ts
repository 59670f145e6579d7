import { zstdCompressSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { disguises } from '#test/safety/disguises.ts'
import { startConfigurationRig, type Fields } from './configuration-rig.ts'

const CANARY = 'canary/7Q"+é<Zx&9'

const errorOf = ({ body }: { body: Fields }) => body['error'] as Fields

/** Sends one event to a receiver that gives back what it got, packed, and answers the attempt. */
async function echoed() {
  const rig = await startConfigurationRig(({ headers }) => ({
    status: 500,
    headers: [['Content-Encoding', 'zstd']] as [string, string][],
    body: zstdCompressSync(Buffer.from(JSON.stringify(headers))),
  }))
  await rig.create({ headers: [['X-Key', 'Bearer {secret.key}']], secrets: { key: CANARY } })
  const [delivery] = await rig.send({})
  const attempt = async () => (await rig.attempts(delivery!))[0] as Fields & { response: Fields }
  return { rig, delivery: delivery!, attempt, id: String((await attempt())['id']) }
}

describe('an answer in which secrets are masked', () => {
  it('SE12 SE13 is shown as it came one time, to whoever may reveal secrets, with each try on record before', async () => {
    const { rig, attempt, id } = await echoed()
    expect((await attempt()).response).toMatchObject({ status: 500, raw: { revealed: null } })
    const key = await rig.json('POST', '/keys', { name: 'curious', scopes: ['deliveries:read', 'deliveries:write'] })
    const asKey = { authorization: `Bearer ${String(key.body['secret'])}` }
    expect((await rig.call('POST', `/attempts/${id}/reveal`, undefined, asKey)).status).toBe(403)

    const seen = await rig.json('POST', `/attempts/${id}/reveal`)
    rig.answers.splice(0)
    const { response, left } = seen.body as { response: Fields & { decoded: Fields }; left: number }
    expect(response).toMatchObject({ status: 500, truncated: false })
    expect(response['headers']).toContainEqual(['Content-Encoding', 'zstd'])
    const text = Buffer.from(String(response.decoded['bodyBase64']), 'base64').toString()
    expect(text).toContain(JSON.stringify(`Bearer ${CANARY}`).slice(1, -1))
    expect(left).toBe(9)

    const again = await rig.json('POST', `/attempts/${id}/reveal`)
    expect([again.status, errorOf(again)['code']]).toEqual([409, 'already_revealed'])
    expect((await attempt()).response['raw']).toMatchObject({ revealed: { by: { name: 'token' } } })
    const { body } = await rig.json('GET', '/audit?action=answer.reveal')
    expect(body['items']).toMatchObject([
      { actorName: 'token', outcome: 'refused', code: 'already_revealed', targetId: id },
      { actorName: 'token', outcome: 'done', targetId: id },
      { actorName: 'key:curious', outcome: 'refused', code: 'forbidden', targetId: id },
    ])
    expect((await rig.json('POST', '/attempts/att_1/reveal')).status).toBe(404)
  })

  it('SE12 SE11 stands nowhere in the open: not in files, answers or logs', async () => {
    const { rig, id } = await echoed()
    await rig.json('GET', '/deliveries')
    await rig.json('POST', `/attempts/${id}/reveal`)
    rig.answers.pop()
    rig.answers.pop()
    await rig.json('GET', '/audit')
    await rig.json('GET', '/secrets')
    const files = rig.storedBytes()
    const shown = [...rig.answers, JSON.stringify(rig.log.lines)].join('\n')
    for (const [name, form] of Object.entries(disguises(CANARY))) {
      expect(files.includes(form), `${name} in the files`).toBe(false)
      expect(shown.includes(form), `${name} in answers and logs`).toBe(false)
    }
  })

  it('SE12 is not kept where nothing of it is masked', async () => {
    const rig = await startConfigurationRig([{ status: 200, body: 'thanks' }])
    await rig.create({ headers: [['X-Key', '{secret.key}']], secrets: { key: 's3cr3t-value' } })
    const [attempt] = await rig.attempts((await rig.send({}))[0]!)
    expect(attempt!['response']).toMatchObject({ raw: null })
    expect((await rig.json('POST', `/attempts/${String(attempt!['id'])}/reveal`)).status).toBe(404)
  })
})
