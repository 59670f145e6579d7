import { DAY, MINUTE, preset, SECOND, waits } from './preset.ts'

export const crawlux = preset({
  id: 'crawlux',
  description: 'Six tries in less than nine hours, whatever the answer was. Nothing pauses; manual retry for 7 days.',
  source: 'Crawlux webhook documentation',
  timeoutMs: 5 * SECOND,
  schedule: waits([MINUTE, 5 * MINUTE, 30 * MINUTE, 120 * MINUTE, 360 * MINUTE]),
  provider: 'crawlux',
  manualRetryMs: 7 * DAY,
})
