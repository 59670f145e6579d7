import { setImmediate as turn } from 'node:timers/promises'
import { lockDataDirectory } from '#main/adapters/sqlite/data-lock.ts'

/** A program that holds the data directory it is given until its input ends, whatever is collected meanwhile. */
lockDataDirectory(process.argv[2]!)
await turn()
globalThis.gc?.()
await turn()
process.stdout.write('locked')
process.stdin.resume()
