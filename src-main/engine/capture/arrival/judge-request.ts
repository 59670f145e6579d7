import type { EventVerdict } from '#shared/model/findings.ts'
import type { Source } from '#shared/model/source.ts'
import type { Verdict } from '#shared/model/verdict.ts'
import type { Provider } from '../../catalog/provider.ts'
import type { ReceivedRequest } from '../../engine.ts'
import { verify } from '../../signing/verify.ts'
import { senderUrls } from './sender-url.ts'

export type JudgedRequest = Pick<ReceivedRequest, 'method' | 'path' | 'query' | 'headers' | 'body' | 'receivedAt'>

/**
 * Judges a captured request as its sender's own verifier would have when it came, by the source's secrets, newest first;
 * null where its provider does not sign. Takes any input and never throws.
 */
export function judgeRequest(
  { id, signing }: Pick<Provider, 'id' | 'signing'>,
  request: JudgedRequest,
  { source, secrets }: { source: Pick<Source, 'publicUrl' | 'slug'>; secrets: readonly string[] },
): EventVerdict | null {
  if (!signing) return null
  let verdict: Verdict | null = null
  for (const url of senderUrls(source, request)) {
    const next = verify(signing, { ...request, url, secrets, nowMs: request.receivedAt })
    verdict ??= next
    // Only another URL can change a mismatch.
    if (next.reason !== 'signature_mismatch') return { ...next, provider: id }
  }
  return verdict && { ...verdict, provider: id }
}
