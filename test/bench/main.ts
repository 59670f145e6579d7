// `npm run bench`: the throughput; `npm run bench -- pending` and `npm run bench -- slow`: a backlog, and slow neighbours.
import { argv } from 'node:process'

const BENCHES = {
  throughput: () => import('./throughput.ts'),
  pending: () => import('./pending.ts'),
  slow: () => import('./slow-neighbours.ts'),
}

const wanted = argv[2] ?? 'throughput'
const run = Object.entries(BENCHES).find(([name]) => name === wanted)?.[1]
if (run) await run()
else {
  console.error(`“${wanted}” is none of: ${Object.keys(BENCHES).join(', ')}`)
  process.exitCode = 2
}
