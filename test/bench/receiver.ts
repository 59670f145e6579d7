import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { HeaderList } from '#shared/model/header.ts'
import type { CountOrder, ReceiverMessage } from './receiver-process.ts'

export interface BenchReceiver {
  url: string
  /** Counts from nothing; `reached` resolves at `target` requests, `first` with the first one's headers. */
  count(target: number): { reached: Promise<void>; first: Promise<HeaderList> }
  close(): Promise<void>
}

export async function startBenchReceiver(): Promise<BenchReceiver> {
  const child = fork(join(import.meta.dirname, 'receiver-process.ts'))
  const next = <K extends ReceiverMessage['kind']>(kind: K) =>
    new Promise<Extract<ReceiverMessage, { kind: K }>>((resolve) => {
      const listen = (message: ReceiverMessage) => {
        if (message.kind !== kind) return
        child.off('message', listen)
        resolve(message as Extract<ReceiverMessage, { kind: K }>)
      }
      child.on('message', listen)
    })
  const { port } = await next('listening')
  return {
    url: `http://127.0.0.1:${port}/hook`,
    count(target) {
      child.send({ target } satisfies CountOrder)
      return {
        reached: next('reached').then(() => undefined),
        first: next('first').then(({ rawHeaders }) => pairs(rawHeaders)),
      }
    },
    async close() {
      const gone = once(child, 'exit')
      child.disconnect()
      await gone
    },
  }
}

function pairs(raw: readonly string[]): HeaderList {
  return raw.flatMap((name, at): [string, string][] => (at % 2 === 0 ? [[name, raw[at + 1] ?? '']] : []))
}
