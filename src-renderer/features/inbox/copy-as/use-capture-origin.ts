import { useQuery } from '@tanstack/react-query'
import { useApi } from '../../../platform/api/session.ts'

/** Where requests are captured, without a path. */
export function useCaptureOrigin(): string {
  const status = useQuery(useApi().system.status.queryOptions({ input: {} })).data
  return new URL(status?.captureUrl ?? 'http://127.0.0.1').origin
}
