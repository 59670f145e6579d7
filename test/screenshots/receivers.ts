import { type Receiver, startReceiver } from '#test/support/receiver.ts'

const JSON_TYPE = [['Content-Type', 'application/json']] as const

function json(status: number, body: unknown) {
  return {
    status,
    headers: JSON_TYPE.map(([name, value]): [string, string] => [name, value]),
    body: JSON.stringify(body),
  }
}

export interface Receivers {
  /** Always answers 200. */
  good: Receiver
  /** Says nothing once, then answers 500. */
  broken: Receiver
  /** Answers 401. */
  strict: Receiver
  close(): Promise<void>
}

export async function startReceivers(): Promise<Receivers> {
  const [good, broken, strict] = await Promise.all([
    startReceiver({ script: [json(200, { received: true })] }),
    startReceiver({ script: ['silence', json(500, { error: 'relation "audits" does not exist' })] }),
    startReceiver({ script: [json(401, { error: 'unknown signing secret' })] }),
  ])
  return {
    good,
    broken,
    strict,
    close: async () => void (await Promise.all([good.close(), broken.close(), strict.close()])),
  }
}
