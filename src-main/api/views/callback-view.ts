import type { AccountView } from '#shared/contract/seeds/callbacks.ts'
import type { Callback } from '#shared/model/callback.ts'

/** A callback in the words of the platform that has it. */
export function toCallbackView(callback: Callback | null): AccountView {
  return { apiCallbackUrl: callback?.url ?? null, apiCallbackHeaders: callback?.headers ?? [] }
}
