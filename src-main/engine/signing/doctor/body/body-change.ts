import type { FindingCode } from '#shared/model/diagnosis.ts'
import { bodyDifference } from '../difference.ts'
import { proven } from '../finding.ts'
import type { Change } from '../subject.ts'

/** The advice that cures most damaged bodies. */
export const RAW_BODY_FIX =
  'Verify and relay the raw bytes as they came: read the body before any parser does (express.raw(), request.get_data(), php://input), and keep proxies from changing it.'

export interface BodyWords {
  code: FindingCode
  title: string
  explanation: string
  fix?: string
  found?: string
  expected?: string
  /** What making the body took. */
  cost?: number
}

/** A change to another body: the one that was signed, if the idea is right. */
export function bodyChange(received: Uint8Array, signed: Uint8Array, words: BodyWords): Change {
  const { code, fix = RAW_BODY_FIX, cost = 0, ...rest } = words
  return {
    cost,
    get findings() {
      return [proven(code, { ...rest, fix, difference: bodyDifference(received, signed) })]
    },
    apply: (subject) => ({ ...subject, body: signed }),
  }
}
