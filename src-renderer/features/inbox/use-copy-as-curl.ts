import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { EventDetail } from '#shared/contract/events.ts'
import { useApi } from '../../platform/api/session.ts'
import { eventBodyOptions } from '../../platform/api/event-body.ts'
import { copyText } from '../../platform/browser/copy.ts'
import { showDone, showError } from '../../ui/feedback/toast.tsx'
import { curlCommand, isTooLongForInline } from './curl-command.ts'

/** Copies an event as a curl command. */
export function useCopyAsCurl(): (event: EventDetail) => Promise<void> {
  const api = useApi()
  const queries = useQueryClient()
  const status = useQuery(api.system.status.queryOptions({ input: {} })).data
  return async (event) => {
    try {
      const body = await queries.fetchQuery(eventBodyOptions(api, event.id))
      const origin = new URL(status?.captureUrl ?? 'http://127.0.0.1').origin
      const isCopied = await copyText(curlCommand(event, body, origin))
      if (!isCopied) showError('The browser did not let us copy.')
      else if (isTooLongForInline(body)) showDone(`Copied. The body is long: download it first, as ${event.id}.bin.`)
      else showDone('Copied as cURL.')
    } catch (error) {
      showError(error)
    }
  }
}
