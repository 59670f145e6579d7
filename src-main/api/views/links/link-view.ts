import { toInstant } from '#shared/contract/base.ts'
import type { LinkView } from '#shared/contract/links/links.ts'
import type { StandingLink } from '../../../engine/engine.ts'
import { toLagView } from './subscription-view.ts'

export function toLinkView({ link: { start: _start, ...link }, source, standing }: StandingLink): LinkView {
  const { since, nextTryAt, lastHeardAt, lastEventAt, lag, ...rest } = standing
  return {
    id: link.sourceId,
    ...link,
    source: source.slug,
    name: source.name,
    ...rest,
    since: toInstant(since),
    nextTryAt: toInstant(nextTryAt),
    lastHeardAt: toInstant(lastHeardAt),
    lastEventAt: toInstant(lastEventAt),
    lag: lag && toLagView(lag),
  }
}
