// `npm run bench`: the table of all that has a reach. With `-- throughput`, `-- pending`, `-- slow`, `-- capture` or
// `-- subscribers`: deliveries beside bare POSTs and the way to the window, a backlog, slow neighbours, steady captures, a
// subscriber that is far behind; with `-- search`, `-- window` or `-- start`: filters by API, the window, and a start, over a
// million events.
import { argv } from 'node:process'

const BENCHES = {
  table: () => import('./table/main.ts'),
  throughput: () => import('./throughput.ts'),
  pending: () => import('./pending.ts'),
  slow: () => import('./slow-neighbours.ts'),
  capture: () => import('./capture/run.ts'),
  subscribers: () => import('./subscribers.ts'),
  search: () => import('./million/search.ts'),
  window: () => import('./million/window.ts'),
  start: () => import('./million/start.ts'),
}

const wanted = argv[2] ?? 'table'
const run = Object.entries(BENCHES).find(([name]) => name === wanted)?.[1]
if (run) await run()
else {
  console.error(`“${wanted}” is none of: ${Object.keys(BENCHES).join(', ')}`)
  process.exitCode = 2
}
