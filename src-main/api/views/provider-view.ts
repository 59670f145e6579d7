import { z } from 'zod'
import { toInstant } from '#shared/contract/base.ts'
import type { EventTypeView } from '#shared/contract/catalog/event-types.ts'
import type { ProviderDetail, ProviderView, SigningView } from '#shared/contract/catalog/providers.ts'
import type { OwnProvider } from '#shared/model/own-provider.ts'
import { asksForToken, type CatalogEventType, type Provider } from '../../engine/catalog/provider.ts'
import type { CatalogApi, Engine } from '../../engine/engine.ts'

type Signing = NonNullable<Provider['signing']>
type Desk = Pick<Engine['signing'], 'proofPlaces'>

export function toProviderView(desk: Desk, provider: Provider, own: OwnProvider | null): ProviderView {
  const { id, name, signing, policy, facts, eventTypes } = provider
  return {
    id,
    name,
    builtIn: own === null,
    signs: signing !== null,
    asksForToken: asksForToken(provider),
    proof: [...desk.proofPlaces(provider)],
    policy: policy ?? null,
    facts: { ...facts, unconfirmed: facts.unconfirmed ?? null },
    eventTypes: eventTypes.map((type) => ({
      name: type.name,
      description: type.description,
      sample: z.json().parse(type.sample),
      builtIn: type.id === undefined,
    })),
  }
}

export function toProviderDetail(desk: Desk, provider: Provider, own: OwnProvider | null): ProviderDetail {
  return {
    ...toProviderView(desk, provider, own),
    signing: provider.signing && toSigningView(provider.signing),
    recognition: provider.recognition,
    bodyFormat: provider.bodyFormat ?? 'json',
    deadlineMs: provider.deadlineMs ?? null,
    resend: provider.resend ?? null,
    definition: own && {
      name: own.name,
      signing: own.signing,
      recognition: own.recognition,
      policy: own.policy,
      bodyFormat: own.bodyFormat,
      createdAt: toInstant(own.createdAt),
      updatedAt: toInstant(own.updatedAt),
    },
  }
}

export function toEventTypeView(
  catalog: Pick<CatalogApi, 'schemaOf'>,
  provider: string,
  type: CatalogEventType,
): EventTypeView {
  return {
    id: type.id ?? `${provider}/${type.name}`,
    provider,
    name: type.name,
    description: type.description,
    schema: catalog.schemaOf(type),
    inferred: type.schema === undefined,
    sample: z.json().parse(type.sample),
    builtIn: type.id === undefined,
  }
}

function toSigningView(signing: Signing): SigningView {
  const { algorithm, signedContent, encoding, signatureFormat, fields, tolerance } = signing
  return {
    algorithm,
    key: keyWord(signing),
    signedContent,
    encoding,
    signatureFormat,
    headers: signing.headers.map(([name, template]): [string, string] => [name, template]),
    bodyField: fields?.signature ?? null,
    timestampUnit: sendsTime(signing) ? signing.timestamp : null,
    toleranceSeconds: tolerance ? { past: seconds(tolerance.pastMs), future: seconds(tolerance.futureMs) } : null,
    otherForms: signing.also?.length ?? 0,
  }
}

function keyWord({ key }: Signing): SigningView['key'] {
  if (key === 'utf8') return 'text'
  if (key === 'hex') return 'hex'
  return 'asymmetric' in key ? 'key-pair' : 'base64'
}

function sendsTime({ signedContent, headers, fields, timestampField }: Signing): boolean {
  const inHeader = headers.some(([, template]) => template.includes('{timestamp}'))
  const inBody = timestampField !== undefined || (fields?.others.some(([, token]) => token === 'timestamp') ?? false)
  return inHeader || inBody || signedContent.includes('{timestamp}')
}

const seconds = (ms: number | null) => (ms === null ? null : ms / 1_000)
