import type { Database } from 'better-sqlite3'
import { addAnswerTimes, answerTimeClass, AnswerTimes } from '#shared/model/answer-times.ts'
import type { AttemptOutcome } from '#shared/model/attempt.ts'
import type { FigureStore, OutcomeFigures } from '#main/engine/ports.ts'
import { NO_ENDPOINT, SPAN_MS } from './figure-spans.ts'

type Step = Parameters<FigureStore['count']>[0]

interface Uncounted {
  key: number
  projectKey: number
  endpointKey: number | null
  finishedAt: number
  outcome: AttemptOutcome
  status: number | null
  totalMs: number
  purpose: string
  /** 1 where a further attempt comes. */
  goesOn: number
}

interface Place {
  projectKey: number
  spanMs: number
  at: number
}
type ProjectRow = Place & OutcomeFigures & { answerTimes: string }
type EndpointRow = Place & { endpointKey: number; succeeded: number; failed: number }

/** The columns that stand before a row's large ones: nothing else of an attempt is read. */
const UNCOUNTED = `
  SELECT a.key, a.project_key AS projectKey, d.endpoint_key AS endpointKey, a.finished_at AS finishedAt, a.outcome,
    a.status, a.timings ->> '$.totalMs' AS totalMs, d.purpose,
    a.next_attempt_at IS NOT NULL OR d.state = 'held' AS goesOn
  FROM attempts a CROSS JOIN deliveries d ON d.key = a.delivery_key
  WHERE a.key > (SELECT attempt_key FROM figures_counted)
  ORDER BY a.key
  LIMIT @limit`
const COUNTED = `UPDATE figures_counted SET attempt_key = ?`

const TIMES = `
  SELECT answer_times FROM project_figures WHERE project_key = @projectKey AND span_ms = @spanMs AND at = @at`
const ADD_TO_PROJECT = `
  INSERT INTO project_figures (project_key, span_ms, at, succeeded, failed, retried, simulated, answer_times)
  VALUES (@projectKey, @spanMs, @at, @succeeded, @failed, @retried, @simulated, @answerTimes)
  ON CONFLICT DO UPDATE SET succeeded = succeeded + excluded.succeeded, failed = failed + excluded.failed,
    retried = retried + excluded.retried, simulated = simulated + excluded.simulated,
    answer_times = excluded.answer_times`
const ADD_TO_ENDPOINT = `
  INSERT INTO endpoint_figures (project_key, span_ms, at, endpoint_key, succeeded, failed)
  VALUES (@projectKey, @spanMs, @at, @endpointKey, @succeeded, @failed)
  ON CONFLICT DO UPDATE SET succeeded = succeeded + excluded.succeeded, failed = failed + excluded.failed`

/** Adds attempts that were not counted yet to the rows of their minute and hour. Run it inside a write. */
export function prepareCountAttempts(db: Database): (step: Step) => number {
  const uncounted = db.prepare<{ limit: number }, Uncounted>(UNCOUNTED)
  const counted = db.prepare<[number]>(COUNTED)
  const times = db.prepare<Place, string>(TIMES).pluck()
  const addToProject = db.prepare<ProjectRow>(ADD_TO_PROJECT)
  const addToEndpoint = db.prepare<EndpointRow>(ADD_TO_ENDPOINT)

  function addProject(place: Place, attempts: readonly Uncounted[]): void {
    const before = AnswerTimes.parse(JSON.parse(times.get(place) ?? '{}'))
    const answers = attempts.flatMap(({ status, totalMs }) => (status === null ? [] : [answerTimeClass(totalMs)]))
    const added = addAnswerTimes([before, ...answers.map((name): AnswerTimes => ({ [name]: 1 }))])
    addToProject.run({ ...place, ...tally(attempts), answerTimes: JSON.stringify(added) })
  }

  function addEndpoints(place: Place, attempts: readonly Uncounted[]): void {
    for (const [endpointKey, own] of Map.groupBy(attempts, (each) => each.endpointKey ?? NO_ENDPOINT)) {
      const { succeeded, failed } = tally(own)
      if (succeeded + failed > 0) addToEndpoint.run({ ...place, endpointKey, succeeded, failed })
    }
  }

  return ({ limit, minutesSince }) => {
    const found = uncounted.all({ limit })
    const last = found.at(-1)
    if (last === undefined) return 0
    const meant = found.filter(({ purpose, outcome }) => purpose !== 'test' && outcome !== 'interrupted')
    for (const spanMs of Object.values(SPAN_MS)) {
      const kept = spanMs === SPAN_MS.minute ? meant.filter(({ finishedAt }) => finishedAt >= minutesSince) : meant
      const places = Map.groupBy(kept, (each) => `${each.projectKey} ${each.finishedAt - (each.finishedAt % spanMs)}`)
      for (const [name, attempts] of places) {
        const [projectKey, at] = name.split(' ').map(Number)
        const place = { projectKey: projectKey!, spanMs, at: at! }
        addProject(place, attempts)
        addEndpoints(place, attempts)
      }
    }
    counted.run(last.key)
    return found.length
  }
}

function tally(attempts: readonly Uncounted[]): OutcomeFigures {
  const figures: OutcomeFigures = { succeeded: 0, failed: 0, retried: 0, simulated: 0 }
  for (const { outcome, goesOn } of attempts) {
    if (outcome === 'interrupted') continue
    figures[outcome === 'failed' && goesOn === 1 ? 'retried' : outcome] += 1
  }
  return figures
}
