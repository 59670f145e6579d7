// `npm run bench`: the throughput; with `-- pending`, `-- slow` or `-- capture`: a backlog, slow neighbours, steady captures.
import { argv } from 'node:process'

const BENCHES = {
  throughput: () => import('./throughput.ts'),
  pending: () => import('./pending.ts'),
  slow: () => import('./slow-neighbours.ts'),
  capture: () => import('./capture/run.ts'),
}

const wanted = argv[2] ?? 'throughput'
const run = Object.entries(BENCHES).find(([name]) => name === wanted)?.[1]
if (run) await run()
else {
  console.error(`“${wanted}” is none of: ${Object.keys(BENCHES).join(', ')}`)
  process.exitCode = 2
}
