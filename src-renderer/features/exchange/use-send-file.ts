import { useCallback, useState } from 'react'
import { useSession } from '../../platform/api/session.ts'
import { showError } from '../../ui/feedback/toast.tsx'
import { base64 } from '../../platform/browser/base64.ts'

/** Small enough that what delivers does not wait for one. */
const PART_BYTES = 1_048_576

/** Sends a file in parts, and answers which is sent; the last part begins its check. */
export function useSendFile(): { send: (file: File) => Promise<void>; isSending: boolean } {
  const { api, queries } = useSession()
  const [isSending, setSending] = useState(false)
  const send = useCallback(
    async (file: File) => {
      setSending(true)
      try {
        const { id } = await api.imports.create.call({ fileName: file.name.slice(0, 200), sizeBytes: file.size })
        await queries.invalidateQueries({ queryKey: api.imports.list.key() })
        for (let offset = 0; offset < file.size; offset += PART_BYTES) {
          const part = await file.slice(offset, offset + PART_BYTES).arrayBuffer()
          const { state } = await api.imports.append.call({ id, offset, bytesBase64: base64(new Uint8Array(part)) })
          if (state === 'canceled') break
        }
      } catch (error) {
        showError(error)
      } finally {
        setSending(false)
        await queries.invalidateQueries({ queryKey: api.imports.list.key() })
      }
    },
    [api, queries],
  )
  return { send, isSending }
}
