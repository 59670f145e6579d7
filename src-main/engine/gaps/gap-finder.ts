import { AppError } from '#shared/model/app-error.ts'
import type { Source } from '#shared/model/source.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { Place } from '../catalog/provider.ts'
import type { Sighting, Clock, EventStore, RunStore } from '../ports.ts'
import { awayBetween } from './away.ts'
import { findGaps, type Gaps, type Seen } from './find-gaps.ts'
import { readNumber } from './read-number.ts'
import type { Stretch } from './silences.ts'

export interface GapReport extends Gaps, Stretch {
  /** From when on the sightings were read that the judgement rests on. */
  readSince: number
  /** Where the sender numbers its messages; empty where nobody says. */
  places: readonly Place[]
  /** Only the latest messages of the stretch were looked at for their numbers. */
  isNumberingCut: boolean
}

/** What is looked at: the last 24 hours, and the places that the source's provider names, where null. */
export interface AskedGaps {
  since: number | null
  until: number | null
  places: readonly Place[] | null
}

export interface GapFinder {
  /** Throws `AppError` `invalid_request` where the stretch ends before it begins. */
  find(source: Source, asked: AskedGaps): Promise<GapReport>
}

export interface GapFinderDeps {
  events: EventStore
  runs: RunStore
  clock: Clock
  catalog: Pick<Catalog, 'provider'>
}

const DAY_MS = 86_400_000
/** How far back habits are looked for: some weekends more than it takes to know them. */
const HISTORY_MS = 42 * DAY_MS
const SIGHTINGS_PER_STEP = 2_000
const MOST_SIGHTINGS = 50_000
const NUMBERS_PER_STEP = 50
const MOST_NUMBERED = 5_000
/** So many before the stretch are read too, for a hole that lies over its beginning. */
const LEAD = 50
/** The number of a larger body is not looked for. */
const MOST_BODY_BYTES = 1024 * 1024

/** Finds gaps in what came by a source. Reads in steps, between which other work goes on. */
export function createGapFinder({ events, runs, clock, catalog }: GapFinderDeps): GapFinder {
  const breathe = () => new Promise<void>((resolve) => void clock.after(0, resolve))

  async function readSightings(source: Source, { since, until }: Stretch): Promise<Sighting[]> {
    const sightings: Sighting[] = []
    let cursor: string | null = null
    do {
      const query = { sourceId: source.id, since: since - HISTORY_MS, until, limit: SIGHTINGS_PER_STEP, cursor }
      const page = await events.sightings(query)
      sightings.push(...page.items)
      cursor = page.nextCursor
      if (cursor !== null) await breathe()
    } while (cursor !== null && sightings.length < MOST_SIGHTINGS)
    return sightings.toReversed()
  }

  async function numberOf({ eventId }: Sighting, places: readonly Place[]): Promise<number | null> {
    const found = await events.get(eventId)
    if (!found || found.event.bodySizeBytes > MOST_BODY_BYTES) return null
    const takesBody = places.some((place) => 'json' in place || 'form' in place)
    const body = takesBody ? await events.body(eventId) : null
    const { headers, query } = found.event
    return readNumber(places, { headers, query, body: body ?? new Uint8Array() })
  }

  async function readNumbers(sightings: readonly Sighting[], places: readonly Place[]): Promise<Map<Sighting, number>> {
    const numbers = new Map<Sighting, number>()
    for (const [index, sighting] of sightings.entries()) {
      const number = await numberOf(sighting, places)
      if (number !== null) numbers.set(sighting, number)
      if (index % NUMBERS_PER_STEP === NUMBERS_PER_STEP - 1) await breathe()
    }
    return numbers
  }

  return {
    async find(source, asked) {
      const { since, until } = stretchOf(asked, clock.now())
      const ofProvider = source.provider === null ? null : catalog.provider(source.projectId, source.provider)
      const places = asked.places ?? ofProvider?.recognition.sequence ?? []
      const sightings = await readSightings(source, { since, until })
      const whole = sightings.filter(({ capture }) => capture === 'complete')
      const before = whole.filter(({ receivedAt }) => receivedAt < since).length
      const numbered = places.length === 0 ? [] : whole.slice(Math.max(0, before - LEAD))
      const numbers = await readNumbers(numbered.slice(-MOST_NUMBERED), places)
      const readSince = sightings[0]?.receivedAt ?? since
      const away = awayBetween(await runs.list({ since: readSince, until }))
      const seen = sightings.map((sighting): Seen => {
        return {
          at: sighting.receivedAt,
          isWhole: sighting.capture === 'complete',
          number: numbers.get(sighting) ?? null,
        }
      })
      const isNumberingCut = numbered.length > MOST_NUMBERED
      return { ...findGaps(seen, { since, until, away }), since, until, readSince, places, isNumberingCut }
    },
  }
}

function stretchOf(asked: AskedGaps, now: number): Stretch {
  const until = asked.until ?? now
  const since = asked.since ?? until - DAY_MS
  if (since < until) return { since, until }
  throw new AppError('invalid_request', 'The stretch ends before it begins.', {
    field: 'since',
    hint: 'Give a `since` that is earlier than `until`.',
  })
}
