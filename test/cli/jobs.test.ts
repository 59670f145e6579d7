import { createHmac } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { startReceiver } from '#test/support/receiver.ts'
import { type CliRig, startCliRig } from './cli-rig.ts'

let rig: CliRig
beforeAll(async () => {
  rig = await startCliRig()
})
afterAll(() => rig.stop())

interface Row {
  id: string
  state: string
}

const call = (method: string, path: string, body: unknown) =>
  fetch(`${rig.running.apiUrl}${path}`, {
    method,
    headers: { authorization: `Bearer ${rig.running.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

describe('whole jobs by the command line', () => {
  it('CRL-2 REL-3 runs a workflow, tells how it goes, and exits by how it ended', async () => {
    let status = 500
    const receiver = await startReceiver({ script: ({ target }) => ({ status: target === '/b/7' ? status : 200 }) })
    onTestFinished(() => receiver.close())
    await call('PUT', '/workflows/smoke', {
      targets: ['/a', '/b'].map((path) => ({ url: `${receiver.url}${path}/{variable.build}`, tags: [path.slice(1)] })),
      events: [{ type: 'order.paid', data: 1 }],
      variables: { build: '0' },
    })
    const partly = await rig.run(['run', 'smoke', '--var', 'build=7'])
    expect(partly).toMatchObject({ code: 5, stderr: expect.stringMatching(/^run_.*partial_failure 100 %/m) as string })
    expect(partly.stdout).toMatch(/failed +order\.paid +\S+\/b\/7 +500/)
    const failed = await rig.run(['run', 'smoke', '--var', 'build=7', '--tag', 'b'])
    expect(failed.code).toBe(1)
    status = 200
    const retryOf = /run_[0-9A-Z]{26}/.exec(failed.stderr)?.[0] ?? ''
    const again = await rig.run(['run', 'smoke', '--retry-of', retryOf, '--json'])
    expect(again.code).toBe(0)
    expect(JSON.parse(again.stdout)).toMatchObject({ status: 'succeeded', total_urls: 1, retryOf })
    expect(await rig.run(['run', 'smoke', '--no-wait'])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^run_\w+\n$/) as string,
    })
  })

  it('RPL-1 RPL-6 REL-3 counts what an endpoint did not get, sends it again, and waits for the end', async () => {
    let status = 500
    const receiver = await startReceiver({ script: () => ({ status }) })
    onTestFinished(() => receiver.close())
    const create = ['endpoints', 'create', '--name', 'Ledger', '--url', receiver.url, '--types', 'ledger.*']
    const { id } = await rig.json<Row>(...create, '--policy', 'once')
    const nothing = await rig.run(['replay', '--outage', id])
    expect(nothing).toMatchObject({ code: 2, stderr: expect.stringContaining('give --since') as string })
    const send = ['events', 'send', '--type', 'ledger.booked', '--data', '{}']
    for (const event of [await rig.json<Row>(...send), await rig.json<Row>(...send)]) {
      const { items } = await rig.json<{ items: Row[] }>('deliveries', '--event', event.id)
      await rig.untilDelivery(items[0]!.id, ({ state }) => state === 'failed')
    }
    const counted = await rig.run(['replay', '--outage', id, '--dry-run'])
    expect(counted.stdout).toMatch(/Would send +2 deliveries of 2 events[^]*There +2 failed[^]*To +Ledger: 2/)
    const lost = await rig.run(['replay', '--filter', 'type:ledger.*', '--since', '1h', '--wait'])
    expect(lost).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/Done +2 of 2: 0 delivered, 2 failed/) as string,
    })
    status = 200
    const ended = await rig.run(['replay', '--outage', id, '--reasons', 'failed', '--rate', '100', '--wait'])
    expect(ended).toMatchObject({ code: 0, stdout: expect.stringMatching(/Done +2 of 2: 2 delivered/) as string })
    for (const wrong of [
      ['evt_1', '--filter', 'x'],
      ['--outage', id, '--filter', 'x'],
      ['--since', 'yesterday'],
      ['--outage', id, '--reasons', 'lost'],
      ['evt_1', '--reasons', 'failed'],
    ])
      expect((await rig.run(['replay', ...wrong])).code).toBe(2)
  })

  it('REL-3 CRL-1 makes a key that does what its scopes say, and no more once it is revoked', async () => {
    const made = await rig.json<Row & { secret: string }>('keys', 'create', '--name', 'CI', '--scopes', 'events:read')
    const env = { CI_KEY: made.secret }
    expect((await rig.run(['events', '--token', 'env:CI_KEY'], { env })).code).toBe(0)
    const refused = await rig.run(['endpoints', '--token', made.secret])
    expect(refused).toMatchObject({ code: 4, stderr: expect.stringContaining('endpoints:read') as string })
    const listed = await rig.run(['keys'])
    expect(listed.stdout).toContain(made.secret.slice(0, 14))
    expect(listed.stdout).not.toContain(made.secret)
    expect((await rig.run(['keys', 'rotate', made.id])).stdout).toMatch(/shown this once: hlk_/)
    expect((await rig.run(['keys', 'revoke', made.id])).stdout).toBe('CI is revoked\n')
    expect((await rig.run(['events', '--token', 'env:CI_KEY'], { env })).code).toBe(4)
    expect((await rig.run(['events', '--token', 'env:CI_KEY'])).code).toBe(2)
  })

  it('DA04 REL-3 lists secrets without their values', async () => {
    const create = ['endpoints', 'create', '--name', 'Vaulted', '--url', 'http://127.0.0.1:9']
    const { secret } = await rig.json<{ secret: string }>(...create)
    const listed = await rig.run(['vault'])
    expect(listed).toMatchObject({ code: 0, stdout: expect.stringMatching(/Vaulted +signing +sealed +0 d/) as string })
    expect(listed.stdout).not.toContain(secret)
  })

  it('ENG-1 ENG-2 creates an endpoint with condition, transformation and secrets from a file', async () => {
    const receiver = await startReceiver()
    onTestFinished(() => receiver.close())
    const secretsFile = join(rig.home, 'secrets.json')
    writeFileSync(secretsFile, '{"key": "k3y-value"}')
    const url = `${receiver.url}/{secret.key}`
    const create = ['endpoints', 'create', '--name', 'Chat', '--url', url, '--types', 'chat.paid']
    const sending = ['--transformation', '-', '--method', 'put', '--secrets-file', secretsFile]
    const created = await rig.run([...create, '--condition', '{"body.total": {"$gte": 100}}', ...sending, '--json'], {
      stdin: '{"text": "Paid " & body.total}',
    })
    expect(created).toMatchObject({ code: 0, stdout: expect.not.stringContaining('k3y-value') as string })
    for (const total of [99, 100]) {
      await rig.json('events', 'send', '--type', 'chat.paid', '--data', JSON.stringify({ total }))
    }
    const [request] = await receiver.waitFor(1)
    expect(request).toMatchObject({ method: 'PUT', target: '/k3y-value' })
    expect(request?.body.toString()).toBe('{"text":"Paid 100"}')
  })

  it('REL-3 pauses an endpoint, and asks at a terminal before it deletes what waits for it', async () => {
    const url = 'http://127.0.0.1:9/'
    const { id } = await rig.json<Row>('endpoints', 'create', '--name', 'Gone', '--url', url, '--types', 'gone.*')
    const paused = { endpoint: { state: 'paused', pausedReason: 'manual' } }
    expect(await rig.json('endpoints', 'pause', id)).toMatchObject(paused)
    await rig.json('events', 'send', '--type', 'gone.soon', '--data', '1')
    expect((await rig.json<{ items: Row[] }>('deliveries', '--endpoint', id)).items).toMatchObject([{ state: 'held' }])
    expect((await rig.run(['endpoints'])).stdout).toContain('paused (manual)')
    const size = { columns: 100, rows: 30 }
    const kept = await rig.run(['endpoints', 'delete', id], { size, stdin: 'n\n' })
    expect(kept).toMatchObject({ code: 2, stdout: '' })
    expect(kept.stderr).toContain('Delete the endpoint “Gone” and cancel the 1 deliveries that wait for it? [y/N]')
    const deleted = await rig.run(['endpoints', 'delete', id], { size, stdin: 'y\n' })
    expect(deleted.stdout).toBe(`${id} is deleted; 1 canceled\n`)
  })

  it('SEC-4 shows control characters of a payload, and never lets them drive the terminal', async () => {
    await fetch(`${rig.running.captureUrl}/inbox`, { method: 'POST', body: 'red \u001b[31malert\u0007' })
    const { items } = await rig.json<{ items: Row[] }>('events', '--source', 'inbox')
    const { stdout } = await rig.run(['events', 'show', items[0]?.id ?? ''], { size: { columns: 80, rows: 24 } })
    expect(stdout).toContain('red \\x1b[31malert\\x07')
    expect(stdout).not.toContain('\u001b[31m')
  })

  it('CAP-5 CAP-6 shows verdicts, message ids and repeats of events', async () => {
    const secret = ['--provider', 'github', '--secret', 's']
    await rig.json('sources', 'create', 'judged', ...secret)
    const signature = `sha256=${createHmac('sha256', 's').update('{}').digest('hex')}`
    const headers = { 'X-GitHub-Delivery': 'd-1', 'X-Hub-Signature-256': signature }
    for (const more of [{}, {}, { 'X-Hub-Signature-256': 'sha256=00' }]) {
      const init = { method: 'POST', headers: { ...headers, ...more }, body: '{}' }
      await fetch(`${rig.running.captureUrl}/judged`, init)
    }
    const { items } = await rig.json<{ items: Row[] }>('events', '--source', 'judged')
    expect((await rig.run(['events', '--source', 'judged'])).stdout).toMatch(/VERDICT[^]*invalid[^]*valid[^]*valid/)
    const [forged, repeat, first] = await Promise.all(
      items.map(async ({ id }) => (await rig.run(['events', 'show', id])).stdout),
    )
    expect(forged).toMatch(/Verdict +invalid: signature_mismatch \(github\)/)
    expect(repeat).toContain(`d-1, a repeat of ${items[2]!.id}`)
    expect(first).toContain('d-1, came again 1×')
  })

  it('PRV-5 REL-3 verifies a request as it stood on the wire, and explains one that does not fit', async () => {
    const signature = createHmac('sha256', 's').update('{"a":1}').digest('hex')
    const wire = (body: string) =>
      ['POST /hooks HTTP/1.1', 'Host: shop.example', `X-Hub-Signature-256: sha256=${signature}`, '', body].join('\r\n')
    const verify = ['verify', '--provider', 'github', '--secret', 's', '--request', '-']
    expect(await rig.run(verify, { stdin: wire('{"a":1}') })).toMatchObject({ code: 0, stdout: 'valid\n' })
    const explained = await rig.run([...verify, '--explain'], { stdin: wire('{"a": 1}') })
    expect(explained.code).toBe(1)
    expect(explained.stdout).toMatch(/^invalid\n[^]*signature_mismatch[^]*\(proven\)/)
    expect(await rig.run([...verify, '--body', '-'])).toMatchObject({ code: 2 })
  })

  it('REL-3 signs what a sender signs inside the body, and writes that body', async () => {
    const sign = ['sign', '--provider', 'mailgun', '--secret', 's', '--body', '{"event-data":{"event":"opened"}}']
    expect((await rig.run(sign)).stderr).toContain('--body-out')
    const file = join(rig.home, 'signed.json')
    expect(await rig.run([...sign, '--body-out', file])).toMatchObject({ code: 0, stderr: '' })
    expect(await rig.run(['verify', '--provider', 'mailgun', '--secret', 's', '--body', `@${file}`])).toMatchObject({
      code: 0,
    })
  })

  it('PRV-3 REL-3 triggers what a sender would send, waits for it, and exits by how it ended', async () => {
    const receiver = await startReceiver({ script: ({ target }) => ({ status: target === '/bad' ? 400 : 200 }) })
    onTestFinished(() => receiver.close())
    const good = await rig.run(['trigger', 'lumar', 'crawl_status', '--url', `${receiver.url}/good`, '--wait'])
    expect(good).toMatchObject({ code: 0, stdout: expect.stringMatching(/^evt_[^]*succeeded\n#[^]*200/) as string })
    const bad = await rig.run(['trigger', 'lumar', 'crawl_status', '--url', `${receiver.url}/bad`, '--wait', '--json'])
    expect(bad.code).toBe(1)
    expect(JSON.parse(bad.stdout)).toMatchObject({ delivery: { state: 'failed', lastStatus: 400 } })
  })
})

describe('what a terminal shows', () => {
  it('REL-3 cuts tables to its width and colours states; what is piped, or wants no colour, is plain', async () => {
    const name = '長い名前'.repeat(20)
    await rig.json('endpoints', 'create', '--name', name, '--url', `${rig.receiver.url}/${'x'.repeat(200)}`)
    const size = { columns: 120, rows: 30 }
    const shown = await rig.run(['endpoints'], { size })
    // oxlint-disable-next-line no-control-regex -- what makes a colour is looked for
    const plain = shown.stdout.replace(/\u001b\[\d+m/g, '')
    expect(plain).not.toBe(shown.stdout)
    expect(plain).toMatch(/長い名前… /)
    const piped = await rig.run(['endpoints'])
    expect(piped.stdout).toContain(name)
    for (const env of [{ NO_COLOR: '1' }, { TERM: 'dumb' }]) {
      expect((await rig.run(['endpoints'], { size, env })).stdout).toBe(plain)
    }
  })
})
