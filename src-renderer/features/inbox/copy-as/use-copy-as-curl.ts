import { useQueryClient } from '@tanstack/react-query'
import type { EventDetail } from '#shared/contract/events.ts'
import { eventBodyOptions } from '../../../platform/api/event-body.ts'
import { useApi } from '../../../platform/api/session.ts'
import { copyText } from '../../../platform/browser/copy.ts'
import { showDone, showError } from '../../../ui/feedback/toast.tsx'
import { plural } from '../../../ui/format/size.ts'
import { commandRequest, secretsOf } from './command-request.ts'
import { shCommand } from './sh-command.ts'
import { useCaptureOrigin } from './use-capture-origin.ts'

/** Copies an event as a curl command for sh. */
export function useCopyAsCurl(): (event: EventDetail) => Promise<void> {
  const api = useApi()
  const queries = useQueryClient()
  const captureOrigin = useCaptureOrigin()
  return async (event) => {
    try {
      const body = await queries.fetchQuery(eventBodyOptions(api, event.id))
      const { text, readsFile } = shCommand(commandRequest(event, body, { captureOrigin, withSecrets: false }))
      const secrets = secretsOf(event)
      const words = [
        'Copied as cURL.',
        ...(readsFile ? [`The body is long: download it first, as ${event.id}.bin.`] : []),
        ...(secrets > 0 ? [`${plural(secrets, 'secret is a placeholder', 'secrets are placeholders')}.`] : []),
      ]
      if (await copyText(text)) showDone(words.join(' '))
      else showError('The browser did not let us copy.')
    } catch (error) {
      showError(error)
    }
  }
}
