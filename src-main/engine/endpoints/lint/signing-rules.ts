import type { Provider } from '../../catalog/provider.ts'
import { type LintRule, totalWaitMs } from './lint-subject.ts'
import { spanWords } from '../../span-words.ts'
import { isPublic, targetUrl } from './target-host.ts'

const PROVING_HEADER = /^(?:authorization|proxy-authorization|x-api-key|.*-(?:key|token|secret|signature))$/i

export const unsignedToPublic: LintRule = ({ config, signer, sources }) => {
  const url = targetUrl(config.url)
  const provesItself = config.headers.some(([name, value]) => PROVING_HEADER.test(name) || value.includes('{secret.'))
  if (signer || !url || !isPublic(url) || provesItself || config.url.includes('{secret.')) return null
  const relayed = sources.some(({ sender }) => sender?.provider.signing)
  return {
    code: 'unsigned_to_public',
    severity: relayed ? 'note' : 'warning',
    field: 'provider',
    message: relayed
      ? `Nothing is signed for ${url.hostname}: only events that carry their sender’s own signature can be told from forged ones.`
      : `Nothing is signed for ${url.hostname}, so the receiver cannot tell these requests from anybody’s.`,
    fix: 'Choose who signs, such as standard-webhooks; or add a header with a secret that the receiver checks.',
  }
}

export const replaysUndetectable: LintRule = ({ signer }) => {
  if (!signer || isReplaySafe(signer.provider)) return null
  const { name } = signer.provider
  return {
    code: 'replays_undetectable',
    severity: 'warning',
    field: 'provider',
    message: `${name} sends no signed time and no message id that a receiver could check: whoever records a request can send it again, and the receiver cannot tell.`,
    fix: 'Let the receiver remember the Hookloop-Delivery header or a hash of the body; or sign as standard-webhooks, which has both.',
  }
}

/** Whether a receiver can refuse what it has seen, by a signed time or by an id. */
function isReplaySafe({ signing, recognition }: Provider): boolean {
  if (!signing) return true
  const { signedContent, timestampField, headers, fields } = signing
  const signsTime = signedContent.includes('{timestamp}') || timestampField !== undefined
  const carried = [
    ...headers.map(([, template]) => template),
    ...(fields?.others.map(([, token]) => `{${token}}`) ?? []),
  ]
  const hasId = carried.some((template) => /\{(?:id|delivery|nonce)\}/.test(template))
  return signsTime || hasId || recognition.messageId.length > 0
}

export const retriesOutliveSignature: LintRule = ({ config, signer, sources }) => {
  if (signer) return null
  const spanMs = totalWaitMs(config.policy)
  const strictest = sources
    .flatMap(({ source, sender }) => {
      const pastMs = sender?.provider.signing?.tolerance?.pastMs
      return sender && pastMs !== undefined && pastMs !== null ? [{ source, sender, pastMs }] : []
    })
    .toSorted((one, other) => one.pastMs - other.pastMs)
    .find(({ pastMs }) => spanMs > pastMs)
  if (!strictest) return null
  const { source, sender, pastMs } = strictest
  return {
    code: 'retries_outlive_signature',
    severity: 'warning',
    field: 'policy.schedule',
    message: `Events of “${source.name}” go on with the signature that they came with, which ${sender.provider.name} lets count for ${spanWords(pastMs)}; the last retry comes ${spanWords(spanMs)} later and will be refused.`,
    fix: `Choose ${sender.provider.name} under “Signed by” with the receiver’s secret, so that each attempt is signed anew.`,
  }
}
