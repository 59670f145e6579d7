import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import type { BackupView } from '#shared/contract/storage/backups.ts'
import type { StatusView } from '#shared/contract/system.ts'
import { buildIfStale } from '#main/cli/build.ts'
import { eventually } from '#test/e2e/support/window.ts'
import { startReceiver } from '#test/support/receiver.ts'
import { runBin, scratchFolder, serve, type Served } from './bin.ts'

beforeAll(buildIfStale, 120_000)

interface Page<T> {
  items: T[]
}

async function call<T>({ ready }: Served, method: string, path: string, body?: unknown): Promise<T> {
  const response = await fetch(`${ready.api}${path}`, {
    method,
    headers: { authorization: `Bearer ${ready.token}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const answer = (await response.json()) as T
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${JSON.stringify(answer)}`)
  return answer
}

async function stop({ started }: Served): Promise<void> {
  started.child.kill('SIGTERM')
  await started.ended
}

const SECRET = 'whsec_c3RpbGwtbmV2ZXItaW4tYS1iYWNrdXAtZmlsZQ=='

it('DA05 DA06 SEC-6 a backup made beside a running relay restores elsewhere, and sends nothing until it is told to', async () => {
  const home = scratchFolder()
  const receiver = await startReceiver({ script: [{ status: 503 }, { status: 503 }, { status: 200 }] })
  const data = join(home, 'data')
  const flags = ['--data', data, '--key-file', join(home, 'key')]
  const relay = await serve(home, flags)
  const endpoint = await call<{ id: string }>(relay, 'POST', '/endpoints', {
    name: 'Shop',
    url: receiver.url,
    eventTypes: ['*'],
    policy: 'crawlux',
    secret: SECRET,
  })
  await call(relay, 'POST', '/events', { type: 'order.paid', data: { id: 1 } })
  const deliveries = () => call<Page<{ state: string; attempts: number }>>(relay, 'GET', '/deliveries')
  await eventually(deliveries, ({ items }) => items[0]?.attempts === 1 && items[0].state === 'scheduled')

  const begun = await call<BackupView>(relay, 'POST', '/backups')
  const done = await eventually(
    () => call<BackupView>(relay, 'GET', `/backups/${begun.id}`),
    ({ state }) => state !== 'running',
  )
  expect(done).toMatchObject({ state: 'done', file: { counts: { events: 1, deliveries: 1, attempts: 1 } } })

  const file = join(home, 'mine.db')
  const made = await runBin(['backup', file, '--data', data, '--json'], home)
  expect({ code: made.code, stderr: made.stderr }).toEqual({ code: 0, stderr: '' })
  expect(JSON.parse(made.stdout)).toMatchObject({ path: file, counts: { events: 1 } })
  for (const path of [file, done.file!.path]) {
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(readFileSync(path).includes(SECRET)).toBe(false)
    expect(readFileSync(path).includes(Buffer.from(SECRET.slice(6), 'base64'))).toBe(false)
  }
  const again = await runBin(['backup', file, '--data', data], home)
  expect({ code: again.code, stderr: again.stderr }).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('is there already'),
  })
  expect((await runBin(['restore', file, '--data', data, '--force'], home)).stderr).toContain('in use')

  await call(
    relay,
    'POST',
    `/deliveries/${(await call<Page<{ id: string }>>(relay, 'GET', '/deliveries')).items[0]!.id}/retry`,
  )
  await eventually(deliveries, ({ items }) => items[0]?.attempts === 2)
  await stop(relay)
  expect((await runBin(['restore', file, '--data', data], home)).stderr).toContain('--force')
  const restored = await runBin(['restore', file, '--data', data, '--force'], home)
  expect(restored).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('1 deliveries are held and 1 endpoints paused'),
  })
  expect(readdirSync(data).filter((name) => name.includes('before-restore'))).not.toEqual([])

  const after = await serve(home, flags)
  const status = () => call<StatusView>(after, 'GET', '/status')
  expect(await status()).toMatchObject({
    restored: { held: 1, pausedEndpoints: 1 },
    deliveries: { held: 1, scheduled: 0 },
    pausedEndpoints: [{ id: endpoint.id, reason: 'manual' }],
  })
  expect(receiver.requests).toHaveLength(2)
  expect(await call(after, 'POST', '/storage/restored/decide', { held: 'release' })).toEqual({
    endpoints: 1,
    deliveries: 1,
  })
  await eventually(status, ({ deliveries: { succeeded } }) => succeeded === 1)
  expect(receiver.requests).toHaveLength(3)
  expect((await status()).restored).toBeNull()
  await stop(after)
  await receiver.close()
}, 60_000)
