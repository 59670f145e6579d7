import { join } from 'node:path'
import { connect } from '#main/cli/connection.ts'
import { findInstallation } from '#main/compose/installation.ts'
import { start } from '#main/compose/start.ts'
import { measureBesideRaw } from '../../beside-raw.ts'
import { startBenchReceiver } from '../../receiver.ts'
import type { Measured } from '../figure.ts'
import { inScratchFolder } from '../scratch.ts'

const REACH = 0.75

/** Signed, logged, durable deliveries a second, beside the better of undici's two ways to send the same. */
export function measure(): Promise<Measured> {
  return inScratchFolder(async (folder) => {
    const receiver = await startBenchReceiver()
    const place = { dataDirectory: join(folder, 'data'), keyFile: join(folder, 'master.key') }
    const ports = { host: '127.0.0.1', port: 0, capturePort: 0 }
    const running = await start({ ...findInstallation(), ...place, ...ports, quiet: true })
    const api = connect({ url: running.windowUrl })
    const { raw, engine, ratio } = await measureBesideRaw({ api, receiver, captureUrl: running.captureUrl })
    await running.stop(5_000)
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
