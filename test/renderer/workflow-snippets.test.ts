import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { expect, it, onTestFinished } from 'vitest'
import { startApiRig, TEST_TOKEN } from '#test/support/api-rig.ts'
import { startReceiver } from '#test/support/receiver.ts'
import { actionsJob, defineCommand, startCommand } from '../../src-renderer/features/workflows/ci/snippets.ts'

const isThere = (program: string) => spawnSync(program, ['--version']).status === 0

/** Runs a script as CI does: a shell that stops at the first failure. */
async function shell(script: string) {
  const env = { ...process.env, HOOKLOOP_KEY: TEST_TOKEN, HOOKLOOP_TOKEN: TEST_TOKEN }
  const child = spawn('bash', ['-e', '-c', script], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const [stdout, [code]] = await Promise.all([text(child.stdout), once(child, 'close')])
  return { stdout, code: code as number }
}

/** The script of the job, as it stands in its YAML. */
function scriptOf(job: string): string {
  const [, block = ''] = job.split('run: |\n')
  return block.replaceAll(/^ {10}/gm, '')
}

it.skipIf(!isThere('jq') || !isThere('curl'))(
  'CRL-2 the commands and the job that the window gives do what they say, and the job fails where a target did',
  async () => {
    let status = 200
    const receiver = await startReceiver({ script: () => ({ status }) })
    const rig = await startApiRig()
    onTestFinished(async () => {
      await rig.stop()
      await receiver.close()
    })
    await rig.engine.start()
    const defined = await shell(
      defineCommand(rig.origin, 'default').replace('http://localhost:3000/webhooks', receiver.url),
    )
    expect(JSON.parse(defined.stdout)).toMatchObject({ name: 'checkout' })
    const { promise: isOver, resolve } = Promise.withResolvers<void>()
    rig.engine.changes.subscribe((change) => {
      if (change.type === 'workflow_run.changed' && change.run.status !== 'running') resolve()
    })
    const started = await shell(startCommand(rig.origin, 'default', 'checkout'))
    expect(JSON.parse(started.stdout)).toMatchObject({ status: 'running', trigger: 'ci' })
    await isOver

    const job = scriptOf(actionsJob(rig.origin, 'default', 'checkout'))
    const good = await shell(job)
    expect(good).toEqual({ code: 0, stdout: expect.stringContaining(`succeeded ${receiver.url} 200`) })
    status = 500
    const bad = await shell(job)
    expect(bad).toEqual({ code: 1, stdout: expect.stringContaining(`failed ${receiver.url} 500`) })
  },
)
