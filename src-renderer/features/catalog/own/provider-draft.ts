import type { ProviderDetail } from '#shared/contract/catalog/providers.ts'
import type { Place, SigningRecipe } from '#shared/model/own-provider.ts'

type Definition = NonNullable<ProviderDetail['definition']>
export type PlaceKind = 'nowhere' | 'header' | 'json' | 'form' | 'query'

export interface PlaceDraft {
  kind: PlaceKind
  name: string
}

/** What the form holds: numbers as they are typed, nothing as empty text. */
export interface ProviderDraft {
  name: string
  signs: boolean
  algorithm: SigningRecipe['algorithm']
  key: SigningRecipe['key']
  secretPrefix: string
  signedContent: string
  encoding: SigningRecipe['encoding']
  header: string
  format: string
  /** Empty for one part. */
  separator: '' | ',' | ';' | ' '
  /** Where the time stands. */
  time: 'nowhere' | 'header' | 'signature'
  timeHeader: string
  timeUnit: 's' | 'ms' | 'rfc3339'
  toleranceSeconds: string
  eventType: PlaceDraft
  messageId: PlaceDraft
  /** Empty for a single try. */
  policy: string
  bodyFormat: Definition['bodyFormat']
}

const NOWHERE: PlaceDraft = { kind: 'nowhere', name: '' }

export const EMPTY_DRAFT: ProviderDraft = {
  name: '',
  signs: true,
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretPrefix: '',
  signedContent: '{timestamp}.{body}',
  encoding: 'hex',
  header: 'X-Signature',
  format: 'sha256={signature}',
  separator: '',
  time: 'header',
  timeHeader: 'X-Timestamp',
  timeUnit: 's',
  toleranceSeconds: '300',
  eventType: { kind: 'header', name: 'X-Event' },
  messageId: { kind: 'header', name: 'X-Delivery' },
  policy: 'standard',
  bodyFormat: 'json',
}

export function draftOf({ name, signing, recognition, policy, bodyFormat }: Definition): ProviderDraft {
  const rest = {
    name,
    eventType: placeDraft(recognition.eventType[0]),
    messageId: placeDraft(recognition.messageId[0]),
    policy: policy ?? '',
    bodyFormat,
  }
  if (signing === null) return { ...EMPTY_DRAFT, ...rest, signs: false }
  const { timestamp, separator, ...recipe } = signing
  return {
    ...rest,
    ...recipe,
    signs: true,
    separator: separator ?? '',
    time: timestamp === null ? 'nowhere' : timestamp.header === null ? 'signature' : 'header',
    timeHeader: timestamp?.header ?? '',
    timeUnit: timestamp?.unit ?? 's',
    toleranceSeconds: String(timestamp?.toleranceSeconds ?? ''),
  }
}

/** The definition as the API takes it. Places after the first, which the form does not show, stay. */
export function toDefinition(draft: ProviderDraft, saved: Definition | null) {
  return {
    name: draft.name,
    signing: draft.signs ? toRecipe(draft) : null,
    recognition: {
      eventType: [...toPlaces(draft.eventType), ...(saved?.recognition.eventType.slice(1) ?? [])],
      messageId: [...toPlaces(draft.messageId), ...(saved?.recognition.messageId.slice(1) ?? [])],
      ...(saved?.recognition.sequence && { sequence: saved.recognition.sequence }),
    },
    policy: draft.policy === '' ? null : draft.policy,
    bodyFormat: draft.bodyFormat,
  }
}

function toRecipe(draft: ProviderDraft): SigningRecipe {
  const { algorithm, key, secretPrefix, signedContent, encoding, header, format } = draft
  return {
    algorithm,
    key,
    secretPrefix,
    signedContent,
    encoding,
    header,
    format,
    separator: draft.separator === '' ? null : draft.separator,
    timestamp:
      draft.time === 'nowhere'
        ? null
        : {
            header: draft.time === 'header' ? draft.timeHeader : null,
            unit: draft.timeUnit,
            toleranceSeconds: draft.toleranceSeconds === '' ? null : Number(draft.toleranceSeconds),
          },
  }
}

function placeDraft(place: Place | undefined): PlaceDraft {
  if (place === undefined) return NOWHERE
  if ('header' in place) return { kind: 'header', name: place.header }
  if ('query' in place) return { kind: 'query', name: place.query }
  return 'json' in place ? { kind: 'json', name: place.json } : { kind: 'form', name: place.form }
}

function toPlaces({ kind, name }: PlaceDraft): Place[] {
  switch (kind) {
    case 'nowhere':
      return []
    case 'header':
      return [{ header: name }]
    case 'json':
      return [{ json: name }]
    case 'form':
      return [{ form: name }]
    case 'query':
      return [{ query: name }]
  }
}

/** The fields that the form shows. */
export const PROVIDER_FIELDS = [
  'id',
  'name',
  'signing.secretPrefix',
  'signing.signedContent',
  'signing.header',
  'signing.format',
  'signing.separator',
  'signing.timestamp.header',
  'signing.timestamp.toleranceSeconds',
  'recognition.eventType',
  'recognition.messageId',
  'policy',
]
