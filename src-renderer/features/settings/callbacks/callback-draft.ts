import type { HeaderList } from '#shared/model/header.ts'

/** A callback as the API shows it. */
export interface StoredCallback {
  apiCallbackUrl: string | null
  apiCallbackHeaders: readonly { key: string; value: string }[]
  /** Of a project alone. */
  notificationUrl?: string | null
}

/** A callback as it is typed. */
export interface CallbackDraft {
  url: string
  headers: HeaderList
  notificationUrl: string
}

export function draftOf({ apiCallbackUrl, apiCallbackHeaders, notificationUrl }: StoredCallback): CallbackDraft {
  return {
    url: apiCallbackUrl ?? '',
    headers: apiCallbackHeaders.map(({ key, value }) => [key, value] as const),
    notificationUrl: notificationUrl ?? '',
  }
}

/** What is typed as the API takes it: nothing typed removes; rows without a name are left out. */
export function toChange({ url, headers, notificationUrl }: CallbackDraft) {
  const named = headers.filter(([key, value]) => key.trim() !== '' || value !== '')
  return {
    apiCallbackUrl: url.trim() === '' ? null : url.trim(),
    apiCallbackHeaders: named.map(([key, value]) => ({ key: key.trim(), value })),
    notificationUrl: notificationUrl.trim() === '' ? null : notificationUrl.trim(),
  }
}
