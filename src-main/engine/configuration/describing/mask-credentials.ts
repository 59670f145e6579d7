import { isCredential } from '../../delivery/request/mask-headers.ts'
import { secretNames } from '../../delivery/request/secret-template.ts'

/** Whether a header seems to hold a credential itself, and not by a secret’s name. */
export function holdsCredential([name, value]: readonly [string, string]): boolean {
  return isCredential(name) && secretNames(value).length === 0 && value !== ''
}

/** The names of a URL’s parameters that seem to hold credentials themselves. */
export function credentialParameters(url: string): string[] {
  const query = new URLSearchParams(url.includes('?') ? url.slice(url.indexOf('?') + 1) : '')
  return [...query].filter((pair) => holdsCredential(pair)).map(([name]) => name)
}
