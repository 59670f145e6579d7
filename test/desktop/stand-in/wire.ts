/** A process's channel, from either end. */
export interface Line {
  send(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
}

export type Handlers = Readonly<Record<string, (...args: never[]) => unknown>>

/** Calls of both sides over one line: each names a handler of the other. */
export interface Wire {
  call<T>(name: string, ...args: unknown[]): Promise<T>
}

interface Call {
  call: number
  name: string
  args: unknown[]
}

type Message = Call | { answer: number; value?: unknown } | { answer: number; error: string }

export function createWire(line: Line, handlers: Handlers): Wire {
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  let calls = 0

  async function answer({ call, name, args }: Call): Promise<void> {
    try {
      const handler = handlers[name] as ((...given: unknown[]) => unknown) | undefined
      if (handler === undefined) throw new Error(`Nobody answers ${name}`)
      line.send({ answer: call, value: await handler(...args) })
    } catch (error) {
      line.send({ answer: call, error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
    }
  }

  line.onMessage((message) => {
    const told = message as Message
    if ('call' in told) return void answer(told)
    const asked = waiting.get(told.answer)
    waiting.delete(told.answer)
    if ('error' in told) asked?.reject(new Error(told.error))
    else asked?.resolve(told.value)
  })

  return {
    call: <T>(name: string, ...args: unknown[]) =>
      new Promise<T>((resolve, reject) => {
        waiting.set(++calls, { resolve: resolve as (value: unknown) => void, reject })
        line.send({ call: calls, name, args })
      }),
  }
}
