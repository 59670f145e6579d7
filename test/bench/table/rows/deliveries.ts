import { join } from 'node:path'
import { connect } from '#main/cli/connection.ts'
import { startRelay } from '#test/support/relay-process.ts'
import { measureBesideRaw } from '../../beside-raw.ts'
import { startBenchReceiver } from '../../receiver.ts'
import type { Measured } from '../figure.ts'
import { inScratchFolder } from '../scratch.ts'

const REACH = 0.75

/** Signed, logged, durable deliveries a second, beside the better of undici's two ways to send the same. */
export function measure(): Promise<Measured> {
  return inScratchFolder(async (folder) => {
    const receiver = await startBenchReceiver()
    const relay = await startRelay(join(folder, 'data'))
    const api = connect({ url: relay.ready.window })
    const { raw, engine, ratio } = await measureBesideRaw({ api, receiver, captureUrl: relay.ready.capture })
    await relay.stop()
    await receiver.close()
    const best = Math.max(raw.request, raw.dispatch)
    return {
      figures: [
        {
          name: 'Signed, logged, durable deliveries a second, 1 KiB',
          against: 'bare POSTs of undici',
          value: ratio,
          result: `${ratio.toFixed(2)}× (${Math.round(engine.deliveriesPerSecond)}/s of ${Math.round(best)}/s)`,
          reach: REACH,
          bound: 'least',
          unit: 'times',
        },
      ],
    }
  })
}
