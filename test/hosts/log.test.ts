import { describe, expect, it } from 'vitest'
import { createLog } from '#main/adapters/system/log.ts'

function logged(message: string, fields: Record<string, unknown>): string {
  let lines = ''
  createLog({ write: (line) => (lines += line) }).warn(message, fields)
  return lines
}

describe('the log', () => {
  it('REL-7 is a line of JSON with level and time', () => {
    const line = JSON.parse(logged('A link is not live', { relay: 'https://hooks.example.com' })) as unknown
    expect(line).toMatchObject({
      level: 'warn',
      msg: 'A link is not live',
      relay: 'https://hooks.example.com',
      time: expect.stringMatching(/^\d{4}-.*Z$/),
    })
  })

  it.each([
    ['by its name', { token: 's3cret' }],
    ['by its name, one level down', { headers: { Authorization: 's3cret', cookie: 's3cret' } }],
    ['as a key of the API in an error', { error: 'Error: hlk_ab12_s3cretS3CRET was refused' }],
    ['as a signing secret', { note: 'whsec_s3cret+/= does not fit' }],
    ['as a credential of a request', { error: 'sent "Authorization: Bearer s3cret" in vain' }],
    ['in an address', { proxy: 'http://ada:s3cret@proxy.example:3128' }],
  ])('SEC-3 REL-7 hides a secret %s', (_, fields) => {
    const line = logged('It failed', fields)
    expect(line).not.toMatch(/s3cret/i)
    expect(line).toContain('[hidden]')
    expect(JSON.parse(line)).toMatchObject({ msg: 'It failed' })
  })
})
