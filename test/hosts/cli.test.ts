import { createHmac } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { buildIfStale } from '#main/cli/build.ts'
import { startReceiver } from '#test/support/receiver.ts'
import { runBin, scratchFolder, serve } from './bin.ts'

beforeAll(buildIfStale, 120_000)

interface Row {
  id: string
  state: string
}

/** A relay and the command line over it, both of one user. */
async function withRelay() {
  const home = scratchFolder()
  const served = await serve(home)
  const run = (...args: string[]) => runBin(args, home)
  const json = async <T>(...args: string[]): Promise<T> => {
    const { code, stdout, stderr } = await run(...args, '--json')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    return JSON.parse(stdout) as T
  }
  return { ...served, home, run, json }
}

describe('the command line', () => {
  it('REL-3 does the whole job: an endpoint, an event, its delivery, a replay', async () => {
    const receiver = await startReceiver()
    onTestFinished(() => receiver.close())
    const { run, json } = await withRelay()

    const created = await json<Row & { secret: string }>(
      'endpoints',
      'create',
      '--name',
      'Shop',
      '--url',
      receiver.url,
      '--types',
      '*',
    )
    expect(created.secret).toMatch(/^whsec_/)
    const sent = await json<Row>('events', 'send', '--type', 'order.paid', '--data', '{"total":42}')
    await receiver.waitFor(1)
    expect(receiver.requests[0]?.body.toString()).toBe('{"total":42}')

    const listed = await json<{ items: Row[] }>('events', 'list')
    expect(listed.items.map((event) => event.id)).toEqual([sent.id])
    const shown = await run('events', 'show', sent.id)
    expect(shown.stdout).toContain('order.paid')
    expect(shown.stdout).toContain('{"total":42}')

    await json('replay', sent.id, '--endpoint', created.id)
    await receiver.waitFor(2)
    const deliveries = await json<{ items: Row[] }>('deliveries', '--event', sent.id)
    expect(deliveries.items).toHaveLength(2)
    const delivery = await run('deliveries', 'show', deliveries.items[1]?.id ?? '')
    expect(delivery.stdout).toContain('succeeded')
  })

  it('CRL-2 REL-3 runs a workflow, tells how it goes, and exits by how it ended', async () => {
    let status = 500
    const receiver = await startReceiver({ script: ({ target }) => ({ status: target === '/b/7' ? status : 200 }) })
    onTestFinished(() => receiver.close())
    const { ready, run } = await withRelay()
    const define = (paths: string[]) =>
      fetch(`${ready.api}/workflows/smoke`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${ready.token}`, 'content-type': 'application/json' },
        body: JSON.stringify({
          targets: paths.map((path) => ({ url: `${receiver.url}${path}/{variable.build}`, tags: [path.slice(1)] })),
          events: [{ type: 'order.paid', data: 1 }],
          variables: { build: '0' },
        }),
      })
    await define(['/a', '/b'])
    const partly = await run('run', 'smoke', '--var', 'build=7')
    expect(partly).toMatchObject({ code: 5, stderr: expect.stringMatching(/^run_.*partial_failure 100 %/m) })
    expect(partly.stdout).toMatch(/failed +order\.paid +\S+\/b\/7 +500/)
    const failed = await run('run', 'smoke', '--var', 'build=7', '--tag', 'b')
    expect(failed.code).toBe(1)
    status = 200
    const retryOf = /run_[0-9A-Z]{26}/.exec(failed.stderr)?.[0] ?? ''
    const again = await run('run', 'smoke', '--retry-of', retryOf, '--json')
    expect(again.code).toBe(0)
    expect(JSON.parse(again.stdout)).toMatchObject({ status: 'succeeded', total_urls: 1, retryOf })
    expect(await run('run', 'smoke', '--var', 'build')).toMatchObject({ code: 2 })
    expect(await run('run', 'nothing')).toMatchObject({ code: 4 })
  })

  it('REL-3 CRL-1 makes a key that does what its scopes say, and no more once it is revoked', async () => {
    const { run, json } = await withRelay()
    const unknown = await run('keys', 'create', '--name', 'CI', '--scopes', 'events:all')
    expect(unknown).toMatchObject({ code: 2, stderr: expect.stringContaining('--scopes takes any of') })
    const made = await json<Row & { secret: string }>('keys', 'create', '--name', 'CI', '--scopes', 'events:read')
    expect((await run('events', '--token', made.secret)).code).toBe(0)
    const refused = await run('endpoints', '--token', made.secret)
    expect(refused).toMatchObject({ code: 4, stderr: expect.stringContaining('endpoints:read') })
    const listed = await run('keys')
    expect(listed.stdout).toContain(made.secret.slice(0, 14))
    expect(listed.stdout).not.toContain(made.secret)
    const rotated = await run('keys', 'rotate', made.id)
    expect(rotated.stdout).toMatch(/shown this once: hlk_/)
    expect((await run('keys', 'revoke', made.id)).stdout).toBe('CI is revoked\n')
    expect((await run('events', '--token', made.secret)).code).toBe(4)
  })

  it('DA04 REL-3 lists secrets without their values, and changes the keys of the vault', async () => {
    const { run, json } = await withRelay()
    const { secret } = await json<{ secret: string }>(
      'endpoints',
      'create',
      '--name',
      'Shop',
      '--url',
      'http://127.0.0.1:9',
    )
    const listed = await run('vault')
    expect(listed).toMatchObject({ code: 0, stdout: expect.stringMatching(/Shop +signing +sealed +0 d/) })
    expect(listed.stdout).not.toContain(secret)
    expect(await json('vault', 'status')).toMatchObject({ state: 'open', locked: 0 })
    const rotated = await run('vault', 'rotate-key')
    expect(rotated).toMatchObject({ code: 0, stdout: 'The keys are changed. The vault is open.\n' })
    expect(await json('vault', 'recheck')).toMatchObject({ state: 'open', resumed: 0 })
  })

  it('ENG-1 ENG-2 creates an endpoint with condition, transformation and secrets from a file', async () => {
    const receiver = await startReceiver()
    onTestFinished(() => receiver.close())
    const { home, run, json } = await withRelay()
    const secretsFile = join(home, 'secrets.json')
    writeFileSync(secretsFile, '{"key": "k3y-value"}')
    const create = ['endpoints', 'create', '--name', 'Chat', '--url', `${receiver.url}/{secret.key}`, '--types', '*']
    const refused = await run(...create, '--condition', '{"body.total"')
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('--condition is no JSON') })
    const condition = ['--condition', '{"body.total": {"$gte": 100}}']
    const more = [
      '--transformation',
      '{"text": "Paid " & body.total}',
      '--method',
      'put',
      '--secrets-file',
      secretsFile,
    ]
    const created = await json<Record<string, unknown>>(...create, ...condition, ...more)
    expect(JSON.stringify(created)).not.toContain('k3y-value')
    for (const total of [99, 100]) {
      await json('events', 'send', '--type', 'order.paid', '--data', JSON.stringify({ total }))
    }
    const [request] = await receiver.waitFor(1)
    expect(request).toMatchObject({ method: 'PUT', target: '/k3y-value' })
    expect(request?.body.toString()).toBe('{"text":"Paid 100"}')
  })

  it('REL-3 pauses, resumes and deletes an endpoint', async () => {
    const { json, run } = await withRelay()
    const { id } = await json<Row>(
      'endpoints',
      'create',
      '--name',
      'Shop',
      '--url',
      'http://127.0.0.1:9/',
      '--types',
      '*',
    )
    expect(await json('endpoints', 'pause', id)).toMatchObject({
      endpoint: { state: 'paused', pausedReason: 'manual' },
    })
    await json('events', 'send', '--type', 'order.paid', '--data', '1')
    expect((await json<{ items: Row[] }>('deliveries', '--state', 'held')).items).toHaveLength(1)
    expect((await run('endpoints')).stdout).toContain('paused (manual)')
    expect(await json('endpoints', 'resume', id, '--held', 'discard')).toMatchObject({ discarded: 1 })
    expect(await json('endpoints', 'delete', id)).toMatchObject({ id })
    expect((await run('endpoints')).stdout).toContain('No endpoints yet')
  })

  it('SEC-4 shows control characters of a payload, and never lets them drive the terminal', async () => {
    const { ready, json, run } = await withRelay()
    await fetch(`${ready.capture}/inbox`, { method: 'POST', body: 'red \u001b[31malert\u0007' })
    const { items } = await json<{ items: Row[] }>('events')
    const { stdout } = await run('events', 'show', items[0]?.id ?? '')
    expect(stdout).toContain('red \\x1b[31malert\\x07')
    expect(stdout).not.toContain('\u001b')
  })

  it('CAP-5 CAP-6 shows verdicts, message ids and repeats of events', async () => {
    const { ready, json, run } = await withRelay()
    expect((await run('events')).stdout).not.toContain('VERDICT')
    const patched = await fetch(`${ready.api}/sources/inbox`, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${ready.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ provider: 'github', secrets: ['s'] }),
    })
    expect(patched.status).toBe(200)
    const signature = `sha256=${createHmac('sha256', 's').update('{}').digest('hex')}`
    const headers = { 'X-GitHub-Delivery': 'd-1', 'X-Hub-Signature-256': signature }
    for (const more of [{}, {}, { 'X-Hub-Signature-256': 'sha256=00' }]) {
      await fetch(`${ready.capture}/inbox`, { method: 'POST', headers: { ...headers, ...more }, body: '{}' })
    }
    const { items } = await json<{ items: Row[] }>('events')
    expect((await run('events')).stdout).toMatch(/VERDICT[^]*invalid[^]*valid[^]*valid/)
    const [forged, repeat, first] = await Promise.all(
      items.map(async ({ id }) => (await run('events', 'show', id)).stdout),
    )
    expect(forged).toMatch(/Verdict +invalid: signature_mismatch \(github\)/)
    expect(repeat).toContain(`d-1, a repeat of ${items[2]!.id}`)
    expect(first).toContain('d-1, came again 1×')
  })

  it('finds a relay by the address of its window', async () => {
    const { ready } = await withRelay()
    const { code, stdout } = await runBin(['events', 'list', '--url', ready.window], scratchFolder())
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'No events yet.\n' })
  })

  it('exits 2 for wrong use, and says what is wrong', async () => {
    const home = scratchFolder()
    expect(await runBin(['bogus'], home)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("unknown command 'bogus'") as string,
    })
    expect((await runBin(['events', 'send', '--type', 'a'], home)).code).toBe(2)
    expect((await runBin(['events', '--limit', 'many'], home)).code).toBe(2)
    expect((await runBin(['events', '--url', 'nonsense'], home)).code).toBe(2)
  })

  it('exits 3 where no relay runs', async () => {
    const home = scratchFolder()
    expect(await runBin(['events'], home)).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('serve') as string,
    })
    const gone = ['events', '--url', 'http://127.0.0.1:9', '--token', 'whatever']
    expect((await runBin(gone, home)).code).toBe(3)
  })

  it('exits 4 with the relay’s own sentence where the relay refuses', async () => {
    const { run, ready } = await withRelay()
    const unknown = await run('events', 'show', 'evt_01JD8Z5K3WQ7M0X2T9B4C6E8FA')
    expect(unknown).toMatchObject({ code: 4, stderr: expect.stringContaining('not_found') as string })
    const stranger = await run('events', '--url', ready.api, '--token', 'not-the-token')
    expect(stranger).toMatchObject({ code: 4, stderr: expect.stringContaining('unauthorized') as string })
  })

  it('helps, with exit code 0', async () => {
    const home = scratchFolder()
    for (const args of [[], ['--help'], ['events', '--help'], ['serve', '--help']]) {
      expect(await runBin(args, home)).toMatchObject({
        code: 0,
        stdout: expect.stringContaining('Examples:') as string,
      })
    }
  })
})
