import { AppError } from '#shared/model/app-error.ts'
import type { Link } from '#shared/model/link/link.ts'
import type { Source } from '#shared/model/source.ts'
import { checkTargetUrl, type UrlWords } from '../endpoints/endpoint-config.ts'
import type { AddressGuard } from '../ports.ts'
import { checkFilter } from '../subscriptions/event-filter.ts'
import type { LinkChange, NewLink } from './links-api.ts'

/** A relay's key as this program makes them; what else is pasted is most likely something else. */
const KEY = /^[\x21-\x7e]{8,256}$/
/** In team mode an address ends in a token, which is no part of a name. */
const TOKEN = /-[0-9a-z]{26}$/
const LONGEST_SLUG = 40

/** The link with a change made. Throws `AppError` that names the field. */
export function changedLink(link: Link, change: LinkChange, guard: AddressGuard): Link {
  if (change.key !== undefined && !KEY.test(change.key)) {
    throw new AppError('invalid_request', 'This is no key of a relay.', {
      field: 'key',
      hint: 'Paste the key as the relay showed it: it begins with hlk_.',
    })
  }
  if (change.filter) checkFilter(change.filter)
  return {
    ...link,
    url: change.url === undefined ? link.url : relayOrigin(change.url, guard),
    remoteProject: change.remoteProject === undefined ? link.remoteProject : change.remoteProject,
    remoteSource: change.remoteSource ?? link.remoteSource,
    subscriber: change.subscriber ?? link.subscriber,
    group: change.group === undefined ? link.group : change.group,
    filter: change.filter === undefined ? link.filter : change.filter || null,
    reports: change.reports ?? link.reports,
    enabled: change.enabled ?? link.enabled,
  }
}

/** A link to `source` before its change is made. */
export function blankLink({ id, projectId }: Source, { remoteSource, subscriber, start }: NewLink): Link {
  return {
    sourceId: id,
    projectId,
    url: '',
    remoteProject: null,
    remoteSource,
    subscriber,
    group: null,
    filter: null,
    start: start ?? { kind: 'now' },
    reports: true,
    enabled: true,
  }
}

const OF_RELAYS: UrlWords = {
  example: 'https://hooks.example.com',
  called: 'A relay is reached by http or https, not by',
  refused: 'A relay is not asked at',
  credentials: 'Take them out: a relay wants its key alone, which is given apart.',
}

/** Takes the address of a relay's window or API, too. */
function relayOrigin(text: string, guard: AddressGuard): string {
  checkTargetUrl(text, 'url', guard, OF_RELAYS)
  return new URL(text).origin
}

/** A slug for the source that a link feeds, after the relay's; `tries` counts those that were taken. */
export function slugFor(remoteSource: string, tries: number): string {
  const plain = remoteSource
    .toLowerCase()
    .replace(TOKEN, '')
    .replaceAll(/[^a-z0-9-]+/g, '-')
  const trimmed = plain.slice(0, LONGEST_SLUG).replaceAll(/^-+|-+$/g, '') || 'relayed'
  return tries === 0 ? trimmed : `${trimmed}-${tries + 1}`
}
