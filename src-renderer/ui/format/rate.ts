import type { Rate } from '#shared/model/rate.ts'

/** A share with its sample: `98.2 % of 412`, `insufficient data (2)`, or that there is nothing. */
export function rateWords({ percent, sampleSize, verdict }: Rate): string {
  if (percent === null) return 'no data'
  return verdict === 'measured'
    ? `${percent} % of ${sampleSize.toLocaleString('en-US')}`
    : `insufficient data (${sampleSize})`
}

const FINE = 99
const POOR = 90

/** The text colour of a success rate: green, amber or red; faint where it says nothing. */
export function successTone({ percent, verdict }: Rate): string {
  if (percent === null || verdict === 'insufficient_data') return 'text-faint'
  return percent >= FINE ? 'text-ok' : percent >= POOR ? 'text-retry' : 'text-fail'
}
