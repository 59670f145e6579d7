// A relay that says, as it ends, how many bytes the young part of its heap has.
import { getHeapSpaceStatistics } from 'node:v8'

process.once('exit', () => {
  const young = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space')
  process.stderr.write(`young ${young?.space_size}\n`)
})
await import('../../src-main/relay/main.ts')
