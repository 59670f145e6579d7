import { createHash, timingSafeEqual } from 'node:crypto'
import type { Refusal } from './guard-request.ts'

/** The same answer for a missing token and a wrong one. */
export const UNAUTHORIZED: Refusal = {
  code: 'unauthorized',
  message: 'A valid token is required.',
  hint: 'Send the header `Authorization: Bearer <token>`; the token is in the window’s address and in session.json of the data directory.',
}

const QUERY_NAMES = ['token', 'access_token', 'api_key', 'authorization']

/** Tells whether a request carries the token, in its header and nowhere else: addresses end up in logs. */
export function createAuthorizer(
  token: string,
): (authorization: string | undefined, query: URLSearchParams) => boolean {
  const expected = digest(token)
  return (authorization, query) => {
    const given = /^Bearer +([^\s]+)$/i.exec(authorization ?? '')?.[1] ?? ''
    const matches = timingSafeEqual(digest(given), expected)
    return matches && !QUERY_NAMES.some((name) => query.has(name))
  }
}

/** Equal lengths, so that the comparison takes the same time for any guess. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
