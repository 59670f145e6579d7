import { useEffect, useMemo, useState } from 'react'

/** Work that is done here where it is little, and on a thread of its own where it would hold up the page. */
export interface Work<I, O> {
  isLittle: (input: I) => boolean
  perform: (input: I) => O
  /** A worker whose program is `answerWith(perform)`. */
  start: () => Worker
}

interface Answer<I, O> {
  input: I
  output: O
}

/** What `work` makes of `input`, which must stay the same object while it means the same; null until it is known. */
export function useOffThread<I, O>(input: I, work: Work<I, O>): O | null {
  const isLittle = work.isLittle(input)
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- the work is a constant of its module
  const here = useMemo(() => (isLittle ? work.perform(input) : null), [input, isLittle])
  const [answer, setAnswer] = useState<Answer<I, O> | null>(null)
  useEffect(() => {
    if (isLittle) return
    const worker = work.start()
    worker.addEventListener('message', ({ data }: MessageEvent<O>) => setAnswer({ input, output: data }))
    worker.postMessage(input)
    // What nobody waits for any more ends at once, however far it is.
    return () => worker.terminate()
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the work is a constant of its module
  }, [input, isLittle])
  if (isLittle) return here
  return answer !== null && answer.input === input ? answer.output : null
}

/** The program of such a worker: answers one question; `transfer` names what is handed over instead of copied. */
export function answerWith<I, O>(perform: (input: I) => O, transfer: (output: O) => Transferable[] = () => []): void {
  self.addEventListener('message', ({ data }: MessageEvent<I>) => {
    const output = perform(data)
    self.postMessage(output, { transfer: transfer(output) })
  })
}
