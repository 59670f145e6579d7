import type { DeadLetterFilter } from '#shared/model/bulk-retry.ts'

/** Which dead letters are meant, a failed test being none, as a condition on the delivery `d` of a project. */
export function filterSql({ endpointId, failure, failedSince, failedUntil }: DeadLetterFilter): string {
  return [
    `d.project_key = (SELECT key FROM projects WHERE id = @projectId) AND d.state = 'failed' AND d.purpose <> 'test'`,
    ...(endpointId === 'none' ? ['d.endpoint_key IS NULL'] : []),
    ...(endpointId !== null && endpointId !== 'none'
      ? ['d.endpoint_key = (SELECT key FROM endpoints WHERE id = @endpointId)']
      : []),
    ...(failure === 'none' ? ['d.last_failure IS NULL'] : []),
    ...(failure !== null && failure !== 'none' ? ['d.last_failure = @failure'] : []),
    ...(failedSince === null ? [] : ['d.updated_at >= @failedSince']),
    ...(failedUntil === null ? [] : ['d.updated_at < @failedUntil']),
  ].join(' AND ')
}
