import { isAsymmetric, type Plan, uses } from '../plan.ts'

/** The packages that a plan's file uses, quoted and sorted as gofmt leaves them. */
export function goImports(plan: Plan): string[] {
  const { scheme, freshness, list } = plan
  const { algorithm } = scheme
  const isHmac = algorithm.startsWith('hmac')
  const used: readonly (readonly [string, boolean])[] = [
    ['bytes', isJoined(plan)],
    ['crypto/ecdsa', algorithm === 'ecdsa-p256'],
    ['crypto/ed25519', algorithm === 'ed25519'],
    ['crypto/hmac', isHmac],
    ['crypto/sha1', algorithm === 'hmac-sha1'],
    ['crypto/sha256', algorithm === 'hmac-sha256' || algorithm === 'ecdsa-p256'],
    ['crypto/sha512', algorithm === 'hmac-sha512'],
    ['crypto/subtle', algorithm === 'token'],
    ['crypto/x509', algorithm === 'ecdsa-p256' || algorithm === 'rsa-sha256'],
    ['encoding/base64', usesBase64(plan)],
    ['encoding/hex', usesHex(plan)],
    ['encoding/json', freshness?.field != null],
    ['encoding/pem', algorithm === 'rsa-sha256'],
    ['hash/crc32', uses(plan, 'crc32')],
    ['math', freshness !== null && freshness.pastSeconds === freshness.futureSeconds],
    ['net/http', true],
    [
      'strconv',
      (freshness !== null && freshness.field === null && freshness.unit !== 'rfc3339') || uses(plan, 'crc32'),
    ],
    ['strings', list !== null || hasKeyPrefix(plan)],
    ['time', freshness !== null],
  ]
  return used.flatMap(([name, isUsed]) => (isUsed ? [`"${name}"`] : []))
}

/** Whether the content is more than one text before the body. */
function isJoined({ content, scheme }: Plan): boolean {
  const at = content.findIndex((piece) => 'token' in piece && piece.token === 'body')
  return scheme.algorithm !== 'token' && content.length > 1 && at !== -1 && at !== content.length - 1
}

function hasKeyPrefix({ scheme: { key } }: Plan): boolean {
  return typeof key === 'object' && ('base64AfterPrefix' in key || key.asymmetric.publicPrefix !== '')
}

function usesBase64(plan: Plan): boolean {
  const { algorithm, encoding, key, newSecret } = plan.scheme
  if (algorithm === 'token') return false
  const isKey = typeof key === 'object' && 'base64AfterPrefix' in key
  return encoding !== 'hex' || isKey || (isAsymmetric(plan) && newSecret.encoding !== 'hex')
}

function usesHex(plan: Plan): boolean {
  const { algorithm, encoding, key, newSecret } = plan.scheme
  if (algorithm === 'token') return false
  return encoding === 'hex' || key === 'hex' || (isAsymmetric(plan) && newSecret.encoding === 'hex')
}
