import type { ProofPlace } from '#shared/model/proof-place.ts'
import { tokensIn } from './content/signed-content.ts'
import type { SigningScheme } from './scheme.ts'

type Part = ProofPlace['carries'][number]

/** Where requests of this sender carry what proves them, over all forms of its signature, each place once. */
export function proofPlaces(scheme: SigningScheme): readonly ProofPlace[] {
  const places = new Map<string, ProofPlace>()
  for (const place of [scheme, ...(scheme.also ?? [])].flatMap(placesOf)) {
    const key = `${place.in} ${place.name.toLowerCase()}`
    const known = places.get(key)
    places.set(key, known ? { ...known, carries: [...new Set([...known.carries, ...place.carries])] } : place)
  }
  return [...places.values()]
}

function placesOf(scheme: SigningScheme): readonly ProofPlace[] {
  const { headers, fields, timestampField } = scheme
  const signed = new Set(tokensIn(scheme.signedContent))
  const partOf = (token: string): Part | null => {
    if (token.startsWith('signature')) return 'signature'
    if (token === 'timestamp') return 'timestamp'
    return token === 'id' && signed.has('id') ? 'message id' : null
  }
  const found: ProofPlace[] = headers.map(([name, template]) => ({
    in: 'header',
    name,
    carries: tokensIn(template)
      .map(partOf)
      .filter((part) => part !== null),
  }))
  if (fields) {
    const before = fields.records ? `${fields.records.list}.*.${fields.records.record}.` : ''
    found.push({ in: 'body', name: before + fields.signature, carries: ['signature'] })
    const others = fields.others.filter(([, token]) => token === 'timestamp')
    found.push(...others.map(([path]): ProofPlace => ({ in: 'body', name: before + path, carries: ['timestamp'] })))
  }
  if (timestampField !== undefined) found.push({ in: 'body', name: timestampField, carries: ['timestamp'] })
  return found.filter(({ carries }) => carries.length > 0)
}
