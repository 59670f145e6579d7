import type { EventRecord } from '#shared/model/event.ts'
import { isCaptured } from '#shared/model/is-captured.ts'
import type { Failure } from '#shared/model/failure.ts'
import { pathBelowSource } from '../../capture/arrival/capture-path.ts'
import type { NamedSecrets } from './secret-template.ts'
import { readUrlTemplate } from './url-template.ts'

const DOT_SEGMENT = /(?:^|\/)(?:\.|%2e){1,2}(?:\/|$)/i
/** What a request line can carry as it is. */
const SENDABLE = /^[\x21-\x7e]*$/

export interface TargetUrl {
  url: string
  /** With `{secret.name}` in place of each secret. */
  shown: string
}

interface Forwarding {
  event: Pick<EventRecord, 'origin' | 'editedFrom' | 'path' | 'query'>
  forwardPath: boolean
  secrets: NamedSecrets
}

/** Where a delivery goes, its captured path and query appended byte for byte where the endpoint forwards them. */
export function targetUrl(template: string, forwarding: Forwarding): TargetUrl | { failure: Failure } {
  const base = baseOf(forwarding.secrets, template)
  if ('failure' in base) return base
  const { origin, path, search } = base
  const { event, forwardPath } = forwarding
  if (!forwardPath || !(isCaptured(event) || event.editedFrom !== null)) {
    return { url: origin + path.sent + search.sent, shown: origin + path.shown + search.shown }
  }
  const suffix = pathBelowSource(event.path)
  const failure = suffixFailure(suffix, event.query)
  if (failure) return { failure }
  const joined = (way: 'sent' | 'shown') => {
    const whole = suffix === '' ? path[way] : path[way].replace(/\/$/, '') + suffix
    const query = [search[way].slice(1), event.query ?? ''].filter((part) => part !== '').join('&')
    return origin + whole + (query === '' ? '' : `?${query}`)
  }
  return { url: joined('sent'), shown: joined('shown') }
}

/** What was read of a template with the same secrets: it is the same for each delivery of an endpoint. */
const read = new WeakMap<NamedSecrets, Map<string, ReturnType<typeof readUrlTemplate>>>()
/** Of one endpoint's secrets: its own URL, and those that deliveries are still bound to. */
const MOST_READ = 32

function baseOf(secrets: NamedSecrets, template: string): ReturnType<typeof readUrlTemplate> {
  const known = read.get(secrets) ?? new Map<string, ReturnType<typeof readUrlTemplate>>()
  const base = known.get(template) ?? readUrlTemplate(template, secrets)
  if (known.size >= MOST_READ) known.clear()
  known.set(template, base)
  read.set(secrets, known)
  return base
}

function suffixFailure(suffix: string, query: string | null): Failure | null {
  if (DOT_SEGMENT.test(suffix)) {
    return refused('The captured path holds “.” or “..” segments, which would leave the endpoint’s own path')
  }
  if (SENDABLE.test(suffix) && SENDABLE.test(query ?? '')) return null
  return refused('The captured path or query holds characters that a request line cannot carry')
}

function refused(detail: string): Failure {
  return { code: 'url_invalid', phase: 'build', detail }
}
