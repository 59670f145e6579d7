import type { EventDetail } from '#shared/contract/events.ts'
import type { SourceView } from '#shared/contract/sources.ts'
import type { ReplayInput } from '../../../platform/replays/begin-replay.ts'
import type { Aim } from './aim.ts'

/** How a replay is signed, as a person chooses it. */
export interface Signing {
  resign: boolean
  /** Who signs anew what goes to another address: `source`, `nobody`, or an endpoint by id. */
  signAs: string
}

export const FIRST_SIGNING: Signing = { resign: true, signAs: 'source' }

/** As the API takes it: to endpoints, each of them signs as it does. */
export function signingInput({ resign, signAs }: Signing, aim: Aim): Pick<ReplayInput, 'resign' | 'signAs'> {
  if (!resign || aim.kind !== 'url') return { resign }
  return { resign, signAs: signAs === 'source' || signAs === 'nobody' ? signAs : { endpointId: signAs } }
}

/** What signing by its source means for one event, in a sentence. */
export function sourceSignerWords(
  event: Pick<EventDetail, 'sourceId'> | undefined,
  sources: readonly Pick<SourceView, 'id' | 'name' | 'provider' | 'secrets'>[],
): string {
  const source = sources.find(({ id }) => id === event?.sourceId)
  if (source === undefined) return 'It came in at no source, so nobody signs it: it goes out unsigned.'
  if (source.provider === null)
    return `Its source ${source.name} names no sender, so nobody signs it: it keeps the headers that it came with.`
  if (source.secrets.length === 0)
    return `Its source ${source.name} has no secret, so nobody signs it: it keeps the headers that it came with.`
  return `As ${source.provider} does, with the secret of the source ${source.name} and the time of now.`
}
