/** What the window's files carry, from whichever host they come. */
export { PAGE_HEADERS } from '../api/http/security-headers.ts'
