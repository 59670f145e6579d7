import { AppError } from '#shared/model/app-error.ts'
import { LINK_PROTOCOL, OLDEST_PROTOCOL, type Subscription } from '#shared/model/link/subscription.ts'
import type { Source } from '#shared/model/source.ts'
import type { Caller } from '../access/caller.ts'
import type { Connection } from './connection.ts'
import type { Held } from './held.ts'

export interface KeyRule {
  /** Whether an API key still opens anything. */
  keyStands(keyId: string): boolean
}

/** One that is no group belongs to the key that made it, as long as that opens anything. Throws `AppError` `forbidden`. */
export function checkUse(caller: Caller, { isGroup, keyId, name }: Subscription, { keyStands }: KeyRule): void {
  if (isGroup || caller.kind === 'owner' || keyId === caller.keyId) return
  if (keyId !== null && !keyStands(keyId)) return
  throw new AppError('forbidden', `The subscriber “${name}” belongs to another key.`, {
    field: 'name',
    hint: 'Subscribe under a name of your own, or have that subscription deleted.',
  })
}

/** The subscription as it belongs to whoever may use it now. */
export function passedTo(caller: Caller, subscription: Subscription): Subscription {
  const { isGroup, keyId } = subscription
  if (isGroup || caller.keyId === null || caller.keyId === keyId) return subscription
  return { ...subscription, keyId: caller.keyId as Subscription['keyId'] }
}

/** Who follows it: a member of a group says its own name. Throws `AppError`. */
export function subscriberOf({ isGroup, name }: Subscription, given: string | null): string {
  if (!isGroup) return name
  if (given !== null) return given
  throw new AppError('invalid_request', 'A member of a group says its own name too.', {
    field: 'subscriber',
    hint: 'Give `subscriber`, such as the name of your machine.',
  })
}

/** Throws `AppError` `connection_over`. */
export function connectionOf({ connections }: Held, id: string): Connection {
  const connection = connections.get(id)
  if (connection) return connection
  throw new AppError('connection_over', 'This connection is over: it was silent too long, or another took its place.', {
    hint: 'Connect again; what was not acknowledged comes again.',
  })
}

/** Throws `AppError` `version_mismatch` where the subscriber speaks what this relay, of `version`, does not any more. */
export function checkProtocol(protocol: number, version: string): void {
  if (protocol >= OLDEST_PROTOCOL) return
  throw new AppError(
    'version_mismatch',
    `This relay, Hookloop ${version}, speaks link protocols from ${OLDEST_PROTOCOL} to ${LINK_PROTOCOL}; the subscriber speaks ${protocol}.`,
    { hint: 'Update Hookloop on the machine that subscribes.' },
  )
}

export function stopping(): AppError {
  return new AppError('connection_over', 'This relay stops.', { hint: 'Connect again in a moment.' })
}

export function fedItself({ slug }: Source): AppError {
  return new AppError('invalid_request', `The source “${slug}” is itself fed by another relay.`, {
    field: 'source',
    hint: 'Subscribe at that relay, so that nothing goes in circles.',
  })
}
