import type { OwnProvider, ProviderDefinition, SigningRecipe } from '#shared/model/own-provider.ts'
import type { KeyDecoding, SigningScheme } from '../../signing/scheme.ts'
import type { Provider } from '../provider.ts'

/** A provider of a person's own, as every use of a provider takes it. */
export function toProvider(own: OwnProvider): Provider {
  const { id, name, signing, recognition, policy, bodyFormat, updatedAt } = own
  return {
    id,
    name,
    signing: signing && toScheme(signing, recognition),
    recognition,
    ...(policy !== null && { policy }),
    eventTypes: [],
    ...(bodyFormat === 'form' && { bodyFormat }),
    facts: { source: 'Defined in this project', checkedOn: new Date(updatedAt).toISOString().slice(0, 10) },
  }
}

/** A recipe on the signing engine. What recognition finds in headers, the sender writes there. */
export function toScheme(recipe: SigningRecipe, recognition: ProviderDefinition['recognition']): SigningScheme {
  const { timestamp } = recipe
  const toleranceMs = timestamp?.toleranceSeconds ? timestamp.toleranceSeconds * 1_000 : null
  return {
    algorithm: recipe.algorithm,
    key: keyOf(recipe),
    timestamp: timestamp?.unit ?? 's',
    signedContent: recipe.signedContent,
    encoding: recipe.encoding,
    ...layoutOf(recipe),
    headers: [
      ...carriers(recognition),
      ...(timestamp?.header ? [[timestamp.header, '{timestamp}'] as const] : []),
      [recipe.header, headerTemplate(recipe)],
    ],
    newSecret: { prefix: recipe.secretPrefix, bytes: 32, encoding: recipe.key === 'base64' ? 'base64' : 'hex' },
    ...(toleranceMs !== null && { tolerance: { pastMs: toleranceMs, futureMs: toleranceMs } }),
  }
}

/** The headers, beside those of the signature, in which a sender names a message. */
export function carriers({ eventType, messageId }: ProviderDefinition['recognition']): [string, string][] {
  const named = (places: typeof eventType, template: string) =>
    places.flatMap((place): [string, string][] => ('header' in place ? [[place.header, template]] : []))
  return [...named(eventType, '{type}'), ...named(messageId, '{id}')]
}

/** The parts of a recipe's format; one where it has no separator. */
export function partsOf({ format, separator }: Pick<SigningRecipe, 'format' | 'separator'>): string[] {
  return separator === null ? [format] : format.split(separator).map((part) => part.trim())
}

function keyOf({ key, secretPrefix }: SigningRecipe): KeyDecoding {
  return key === 'base64' ? { base64AfterPrefix: secretPrefix } : key
}

function layoutOf(recipe: SigningRecipe): Pick<SigningScheme, 'signatureFormat' | 'join'> {
  const part = partsOf(recipe).find((each) => each.includes('{signature}')) ?? '{signature}'
  return { signatureFormat: part, join: recipe.separator }
}

function headerTemplate(recipe: SigningRecipe): string {
  const parts = partsOf(recipe).map((part) => (part.includes('{signature}') ? '{signatures}' : part))
  return parts.join(recipe.separator ?? '')
}
