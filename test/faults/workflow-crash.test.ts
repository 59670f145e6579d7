import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { once } from 'node:events'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { RunDetail } from '#shared/contract/workflows/workflows.ts'
import { headerValue } from '#shared/model/header.ts'
import { startReceiver } from '#test/support/receiver.ts'
import { startRelay } from '#test/support/relay-process.ts'
import { integrityOf } from './read-books.ts'

vi.setConfig({ testTimeout: 60_000 })

describe('A relay that is killed in a run of a workflow', () => {
  it.each([
    ['after-claim:3', 0],
    ['after-answer:3', 1],
    ['in-conclusion:3', 1],
    ['in-advance:3', 0],
    ['after-advance:3', 0],
  ])(
    'CRL-2 ENG-10 EN06 carries the run through a kill at %s, and repeats only what was in flight',
    async (point, repeats) => {
      const directory = mkdtempSync(join(tmpdir(), 'hookloop-workflow-'))
      const receiver = await startReceiver()
      onTestFinished(async () => {
        await receiver.close()
        for (const path of [directory, `${directory}.key`]) rmSync(path, { recursive: true, force: true })
      })
      vi.stubEnv('HOOKLOOP_CRASH_AT', point)
      const dying = await startRelay(directory)
      vi.unstubAllEnvs()
      const paths = ['/1', '/2', '/3', '/4', '/5']
      await dying.call('PUT', '/workflows/smoke', {
        targets: paths.map((path) => ({ url: receiver.url + path })),
        events: [{ type: 'order.paid', data: 1 }],
        options: { concurrency: 1 },
      })
      const started = await dying.call<RunDetail>('POST', '/workflows/smoke/runs')
      if (dying.child.exitCode === null && dying.child.signalCode === null) await once(dying.child, 'exit')
      expect(dying.child.signalCode).toBe('SIGKILL')
      expect(integrityOf(directory)).toBe('ok')

      const relay = await startRelay(directory)
      onTestFinished(() => relay.kill())
      await receiver.waitFor(paths.length + repeats)
      const read = () => relay.call<RunDetail>('GET', `/workflows/smoke/runs/${started.id}`)
      await vi.waitUntil(async () => (await read()).status !== 'running', { timeout: 20_000 })
      const run = await read()
      expect(run).toMatchObject({ status: 'succeeded', completed_urls: 5, failed_urls: 0 })
      const sent = receiver.requests.map(({ target }) => target)
      expect(sent.filter((path, index) => sent.indexOf(path) !== index)).toHaveLength(repeats)
      expect([...new Set(sent)]).toEqual(paths)
      const ids = receiver.requests.map(({ target, headers }) => [target, headerValue(headers, 'Hookloop-Delivery')])
      expect(new Set(ids.map(String)).size, 'a repeat carries the same id').toBe(paths.length)
      expect(await relay.stop()).toBe(0)
    },
  )
})
