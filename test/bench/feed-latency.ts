import type { Api } from '#main/cli/connection.ts'

export interface FeedLatency {
  p50Ms: number
  p95Ms: number
}

/** From the answer to a capture until a subscriber of the feed has the event; 0 where the feed is first. */
export async function measureFeedLatency(api: Api, captureUrl: string, samples: number): Promise<FeedLatency> {
  const feed = await api.feed({})
  const latencies: number[] = []
  const next = async () => {
    for (;;) {
      const { value, done } = await feed.next()
      if (done) throw new Error('The feed ended')
      if (value.type === 'event.captured') return performance.now()
    }
  }
  for (let sample = 0; sample < samples; sample++) {
    const arrived = next()
    const response = await fetch(`${captureUrl}/inbox`, { method: 'POST', body: `{"sample":${sample}}` })
    const answeredAt = performance.now()
    await response.arrayBuffer()
    latencies.push(Math.max(0, (await arrived) - answeredAt))
  }
  await feed.return?.(undefined)
  const sorted = latencies.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  return { p50Ms: at(0.5), p95Ms: at(0.95) }
}
