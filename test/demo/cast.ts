import type { Api } from '#main/cli/connection.ts'

export interface Member {
  id: string
  name: string
  policy: string
  secret: string | null
}

/** Nothing listens on port 9 of this machine. */
const DEAD_URL = 'http://127.0.0.1:9/'

/** The endpoints of the demo, one for each way that a receiver can behave. */
export async function createCast(api: Api, receiverUrl: string): Promise<Member[]> {
  const all = ['*']
  const plans = [
    { name: 'Shop: always 200', url: `${receiverUrl}/ok`, policy: 'standard', eventTypes: all },
    { name: 'CRM: 500, then 200', url: `${receiverUrl}/flaky`, policy: 'crawlux', eventTypes: all },
    { name: 'Old address: 404', url: `${receiverUrl}/moved`, policy: 'standard', eventTypes: all },
    {
      name: 'Slow: never answers',
      url: `${receiverUrl}/slow`,
      policy: { preset: 'crawlux', timeoutMs: 1_000 },
      eventTypes: ['audit.*'],
    },
    {
      name: 'Dead: nobody listens',
      url: DEAD_URL,
      policy: { preset: 'standard', breaker: { consecutiveFailures: 3 } },
      eventTypes: all,
    },
  ]
  const cast: Member[] = []
  for (const plan of plans) {
    const { id, name, policy, secret } = await api.endpoints.create(plan)
    cast.push({ id, name, policy: policy.preset, secret })
  }
  return cast
}
