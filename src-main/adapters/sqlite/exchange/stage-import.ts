import { createHash } from 'node:crypto'
import { open, type FileHandle } from 'node:fs/promises'
import { countSecrets } from '#shared/model/exchange/secret-parts.ts'
import type { ExchangeFormat, ImportSummary } from '#shared/model/exchange/exchange-run.ts'
import { StagedEvent } from '#shared/model/exchange/staged-event.ts'
import { CopyAbortedError, ImportRefusal } from '#main/engine/ports.ts'
import type { Candidate } from './har-entry.ts'
import { readHar } from './read-har.ts'
import { readEventLines } from './read-event-lines.ts'
import { type ReadWatch, readText } from './read-file.ts'
import { writeFrame } from './staged-frames.ts'

export interface StageTask {
  from: string
  /** Where the events are laid out, ready to be kept. */
  to: string
}

const MOST_EVENTS = 100_000
const BODY_BYTES = 50 * 1024 * 1024
const MOST_TYPES = 20
const LINES_HEAD = /^\s*\{\s*"kind"\s*:\s*"hookloop-events"/

/** Reads a file whole, stages its events, and tells what it holds. Throws `ImportRefusal`, `CopyAbortedError`. */
export async function stageImport({ from, to }: StageTask, watch: ReadWatch): Promise<ImportSummary> {
  const file = await open(to, 'wx', 0o600)
  try {
    const { format, candidates } = await begin(readText(from, watch))
    const tally = new Tally(format)
    for await (const candidate of candidates) {
      if (watch.isAborted()) throw new CopyAbortedError()
      await take(candidate, tally, file)
    }
    return tally.summary()
  } finally {
    await file.close()
  }
}

async function begin(
  texts: AsyncGenerator<string>,
): Promise<{ format: ExchangeFormat; candidates: AsyncIterable<Candidate> }> {
  const first = await texts.next()
  const start = first.done === true ? '' : first.value
  const whole = (async function* () {
    yield start
    yield* texts
  })()
  if (LINES_HEAD.test(start)) return { format: 'json-lines', candidates: readEventLines(whole) }
  if (/^\s*\{/.test(start)) return { format: 'har', candidates: readHar(whole) }
  throw new ImportRefusal(
    'The file is neither a HAR nor JSON Lines of Hookloop.',
    'Choose a file that a browser, a proxy or Hookloop exported.',
  )
}

async function take({ event, body }: Candidate, tally: Tally, file: FileHandle): Promise<void> {
  if (event === null) return tally.leaveOut()
  const place = `Event ${tally.events + 1}`
  if (tally.events >= MOST_EVENTS) {
    throw new ImportRefusal(`The file has more than ${MOST_EVENTS.toLocaleString('en-US')} events.`, 'Split it.')
  }
  if (body.length > BODY_BYTES) {
    throw new ImportRefusal(`${place} has a body of more than ${BODY_BYTES / 1024 ** 2} MiB.`, 'Leave that event out.')
  }
  const parsed = StagedEvent.safeParse(event)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new ImportRefusal(
      `${place} cannot be kept: ${issue?.path.join('.')}: ${issue?.message}.`,
      'Mend that field, or leave it out.',
    )
  }
  tally.add(parsed.data, body)
  const bodySha256 = createHash('sha256').update(body).digest('hex')
  await writeFrame(file, { event: parsed.data, body, bodySha256 })
}

/** Counts what is staged. */
class Tally {
  readonly #format: ExchangeFormat
  readonly #types = new Map<string, number>()
  readonly #counts = { events: 0, withBody: 0, bodyBytes: 0, secrets: 0, leftOut: 0 }
  #firstAt: number | null = null
  #lastAt: number | null = null

  constructor(format: ExchangeFormat) {
    this.#format = format
  }

  get events(): number {
    return this.#counts.events
  }

  leaveOut(): void {
    this.#counts.leftOut += 1
  }

  add(event: StagedEvent, body: Uint8Array): void {
    this.#counts.events += 1
    this.#counts.withBody += body.length > 0 ? 1 : 0
    this.#counts.bodyBytes += body.length
    this.#counts.secrets += countSecrets(event)
    this.#types.set(event.type, (this.#types.get(event.type) ?? 0) + 1)
    if (event.cameAt === null) return
    this.#firstAt = Math.min(this.#firstAt ?? event.cameAt, event.cameAt)
    this.#lastAt = Math.max(this.#lastAt ?? event.cameAt, event.cameAt)
  }

  summary(): ImportSummary {
    const types = [...this.#types].map(([name, count]) => ({ name, count })).toSorted((a, b) => b.count - a.count)
    return {
      format: this.#format,
      ...this.#counts,
      types: types.slice(0, MOST_TYPES),
      firstAt: this.#firstAt,
      lastAt: this.#lastAt,
    }
  }
}
