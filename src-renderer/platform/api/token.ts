const KEY = 'hookloop.token'

/**
 * The access token of this tab: taken from `#token=…` on the first visit, then kept in sessionStorage.
 * The address is cleaned at once, so that the token does not stay in the history or in a copied link.
 */
export function takeToken(): string | null {
  const found = /^#token=([^&]+)/.exec(location.hash)?.[1]
  if (found === undefined) return sessionStorage.getItem(KEY)
  const token = decodeURIComponent(found)
  sessionStorage.setItem(KEY, token)
  history.replaceState(null, '', `${location.pathname}${location.search}#/inbox`)
  return token
}

/** Signs this tab in with a token or a key that a person typed. */
export function keepToken(token: string): void {
  sessionStorage.setItem(KEY, token)
}

export function forgetToken(): void {
  sessionStorage.removeItem(KEY)
}
