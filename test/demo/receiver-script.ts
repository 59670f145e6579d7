import type { ReceiverAnswer, ReceivedRequest } from '#test/support/receiver.ts'

/** How each path of the demo's receiver behaves, whatever is sent to it. */
export function createMisbehaviour(): (request: ReceivedRequest) => ReceiverAnswer {
  const seen = new Set<string>()
  return ({ target, headers, sha256 }) => {
    const path = new URL(target, 'http://receiver').pathname
    const id = headers.find(([name]) => name.toLowerCase() === 'hookloop-delivery')?.[1] ?? sha256
    switch (path) {
      case '/flaky': {
        const isFirst = !seen.has(id)
        seen.add(id)
        return { status: isFirst ? 500 : 200, body: isFirst ? 'out of order' : 'ok' }
      }
      case '/moved':
        return { status: 404, body: 'no such hook' }
      case '/slow':
        return 'silence'
      default:
        return { status: 200, body: 'ok' }
    }
  }
}
