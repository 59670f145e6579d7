import type { FailureCode } from '#shared/model/failure.ts'

/** A socket that was not opened for a reason that we know ourselves. `detail` is safe to show. */
export class DialError extends Error {
  readonly failureCode: FailureCode
  readonly detail: string

  constructor(failureCode: FailureCode, detail: string) {
    super(detail)
    this.name = 'DialError'
    this.failureCode = failureCode
    this.detail = detail
  }
}
