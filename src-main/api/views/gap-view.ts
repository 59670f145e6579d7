import { toInstant } from '#shared/contract/base.ts'
import type { GapReportView } from '#shared/contract/sources/gaps.ts'
import type { Engine } from '../../engine/engine.ts'

type GapReport = Awaited<ReturnType<Engine['gaps']['find']>>

const ASK_THE_SENDER =
  'Ask the sender to send again what it sent in that time, or read the present state from it by its API.'

/** `resend`: how the provider is had to send again; null where it is unknown. */
export function toGapReportView(report: GapReport, resend: string | null): GapReportView {
  const { since, until, gaps, total, rhythm } = report
  return {
    since: toInstant(since),
    until: toInstant(until),
    items: gaps.map((gap) => ({ ...gap, since: toInstant(gap.since), until: toInstant(gap.until) })),
    total,
    numbering: report.places.length === 0 ? 'none' : report.numbering,
    rhythm,
    unknown: unknownOf(report),
    resend: resend ?? ASK_THE_SENDER,
  }
}

function unknownOf({ places, numbering, rhythm, unjudged, isNumberingCut, readSince }: GapReport): string[] {
  const numbers =
    places.length === 0
      ? 'Nobody says where this sender numbers its messages, so a single lost one cannot be seen.'
      : NUMBERING[numbering]
  return [
    ...(numbers === null ? [] : [numbers]),
    ...(isNumberingCut ? ['Only the latest 5,000 messages were looked at for their numbers.'] : []),
    ...(rhythm === null ? ['Too few messages came to know how long this source is usually silent.'] : []),
    ...(unjudged > 0
      ? [`${unjudged} long silences may be a habit: what came since ${toInstant(readSince)} is too little to tell.`]
      : []),
  ]
}

const NUMBERING: Readonly<Record<GapReport['numbering'], string | null>> = {
  dense: null,
  sparse: 'Its numbers skip as a rule, so a hole in them tells nothing.',
  too_few: 'Too few messages carry a number to find holes.',
}
