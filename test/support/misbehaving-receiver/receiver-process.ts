import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

const PROGRAM = fileURLToPath(new URL('main.ts', import.meta.url))
const Ready = z.object({ url: z.string() })

export interface ReceiverProcess {
  url: string
  stop(): Promise<void>
}

/** The misbehaving receiver as a process of its own, with a script of words; its ledger is the file that it is given. */
export async function spawnReceiver({ script, ledger }: { script: string; ledger: string }): Promise<ReceiverProcess> {
  const child = spawn(process.execPath, [PROGRAM, '--json', '--script', script, '--ledger', ledger], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  const { url } = Ready.parse(JSON.parse(line))
  child.stdout.resume()
  return {
    url,
    async stop() {
      child.kill('SIGTERM')
      await exited
    },
  }
}
