import type { Endpoint } from '#shared/model/endpoint.ts'
import type { VersionMark } from '../ports.ts'

const HOUR_MS = 3_600_000

/** How the last change of an endpoint stands: whether it was tested, and whether anybody looked at what followed. */
export interface ChangeStanding {
  /** The last test of the current version passed. */
  lastChangeTested: boolean
  lastTest: VersionMark['test']
  watch: {
    /** Unix ms. */
    until: number
    isOpen: boolean
    review: VersionMark['review']
  }
}

/** `now` is unix ms. */
export function changeStanding({ version }: Endpoint, marks: readonly VersionMark[], now: number): ChangeStanding {
  const mark = marks.find(({ versionId }) => versionId === version.id)
  const until = version.createdAt + version.config.watchHours * HOUR_MS
  const review = mark?.review ?? null
  return {
    lastChangeTested: mark?.test?.passed ?? false,
    lastTest: mark?.test ?? null,
    watch: { until, isOpen: review === null && now < until, review },
  }
}
