/** The relay sends a sign of life every 5 s: three of them missing is a link that is dead, whatever the socket says. */
export const LONGEST_SILENCE_MS = 15_000

/** The same answer, whose body ends with an error once nothing has come for `limitMs`. */
export function withinSilence(response: Response, limitMs = LONGEST_SILENCE_MS): Response {
  if (response.body === null) return response
  let timer: NodeJS.Timeout | undefined
  const watched = new TransformStream<Uint8Array, Uint8Array>({
    start(controller) {
      rearm(controller)
    },
    transform(chunk, controller) {
      rearm(controller)
      controller.enqueue(chunk)
    },
    flush: () => clearTimeout(timer),
  })
  function rearm(controller: TransformStreamDefaultController<Uint8Array>): void {
    clearTimeout(timer)
    timer = setTimeout(() => controller.error(new Error(`Nothing came for ${limitMs / 1000} s`)), limitMs)
    timer.unref()
  }
  // An error stands at the other end, too: there is nobody here to tell it to.
  const piped = response.body.pipeTo(watched.writable).catch(() => {})
  void piped.then(() => clearTimeout(timer))
  return new Response(watched.readable, { status: response.status, headers: response.headers })
}
