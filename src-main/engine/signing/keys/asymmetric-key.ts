import { createECDH, createPrivateKey, createPublicKey, generateKeyPairSync, X509Certificate } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import type { Random } from '../../ports/system.ts'
import { fromBase64, fromHex } from './key.ts'
import type { Algorithm, KeyDecoding } from '../scheme.ts'

type Form = Extract<KeyDecoding, { asymmetric: unknown }>['asymmetric']

const KEY_TYPES: Readonly<Partial<Record<Algorithm, string>>> = {
  ed25519: 'ed25519',
  'ecdsa-p256': 'ec',
  'rsa-sha256': 'rsa',
}
/** What stands before the 32 raw bytes of an Ed25519 key in its DER forms (RFC 8410). */
const SEED_HEADER = Buffer.from('302e020100300506032b657004220420', 'hex')
const POINT_HEADER = Buffer.from('302a300506032b6570032100', 'hex')

/** The key that signs; null where the text holds no private key of the algorithm. */
export function privateKey(algorithm: Algorithm, form: Form, text: string): KeyObject | null {
  return ofType(algorithm, () => {
    if (isPem(text)) return createPrivateKey(pem(text))
    const bytes = rawBytes(text, form.privatePrefix)
    if (!bytes) return null
    if (algorithm === 'ed25519' && (bytes.length === 32 || bytes.length === 64)) return fromSeed(bytes.subarray(0, 32))
    return createPrivateKey({ key: Buffer.from(bytes), format: 'der', type: 'pkcs8' })
  })
}

/**
 * The key that verifies, from a public key, a certificate or a private key; null for any other text.
 * 32 bare bytes are a public key: taken for a seed, whoever knows the public key could sign with it.
 */
export function publicKey(algorithm: Algorithm, form: Form, text: string): KeyObject | null {
  return ofType(algorithm, () => {
    if (isPem(text)) return createPublicKey(pem(text))
    if (form.privatePrefix !== '' && text.startsWith(form.privatePrefix)) {
      const key = privateKey(algorithm, form, text)
      return key && createPublicKey(key)
    }
    const bytes = rawBytes(text, form.publicPrefix)
    if (!bytes) return null
    if (algorithm === 'ed25519' && bytes.length === 32) return fromPoint(bytes)
    if (algorithm === 'ed25519' && bytes.length === 64) return createPublicKey(fromSeed(bytes.subarray(0, 32)))
    return fromDer(Buffer.from(bytes))
  })
}

/** A fresh private key as a scheme's secret: 64 bytes (seed and public key) of Ed25519, else PEM. */
export function newPrivateKey(algorithm: Algorithm, encoding: 'base64' | 'hex' | 'pem', random: Pick<Random, 'bytes'>) {
  if (algorithm === 'rsa-sha256') {
    const { privateKey: key } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    return key.export({ type: 'pkcs8', format: 'pem' }).toString()
  }
  if (algorithm === 'ecdsa-p256') return newCurveKey(random)
  const seed = random.bytes(32)
  const point = createPublicKey(fromSeed(seed)).export({ type: 'spki', format: 'der' }).subarray(-32)
  return Buffer.concat([seed, point]).toString(encoding === 'hex' ? 'hex' : 'base64')
}

function newCurveKey(random: Pick<Random, 'bytes'>): string {
  const curve = createECDH('prime256v1')
  curve.setPrivateKey(random.bytes(32))
  const point = curve.getPublicKey()
  const key = createPrivateKey({
    format: 'jwk',
    key: {
      kty: 'EC',
      crv: 'P-256',
      d: curve.getPrivateKey('base64url'),
      x: point.subarray(1, 33).toString('base64url'),
      y: point.subarray(33).toString('base64url'),
    },
  })
  return key.export({ type: 'pkcs8', format: 'pem' }).toString()
}

function ofType(algorithm: Algorithm, read: () => KeyObject | null): KeyObject | null {
  try {
    const key = read()
    return key?.asymmetricKeyType === KEY_TYPES[algorithm] ? key : null
  } catch {
    return null
  }
}

function fromSeed(seed: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.concat([SEED_HEADER, seed]), format: 'der', type: 'pkcs8' })
}

function fromPoint(point: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.concat([POINT_HEADER, point]), format: 'der', type: 'spki' })
}

function fromDer(bytes: Buffer): KeyObject {
  const readings = [
    () => createPublicKey({ key: bytes, format: 'der', type: 'spki' }),
    () => new X509Certificate(bytes).publicKey,
    () => createPublicKey(createPrivateKey({ key: bytes, format: 'der', type: 'pkcs8' })),
  ]
  for (const read of readings.slice(0, -1)) {
    try {
      return read()
    } catch {
      // The next form is tried; the last one's error tells the caller.
    }
  }
  return readings[2]!()
}

const isPem = (text: string) => text.includes('-----BEGIN ')
/** Environment variables often carry a PEM with its line breaks written as `\n`. */
const pem = (text: string) => text.replaceAll('\\n', '\n')

function rawBytes(text: string, prefix: string): Uint8Array | null {
  const bare = prefix !== '' && text.startsWith(prefix) ? text.slice(prefix.length) : text
  return fromHex(bare) ?? fromBase64(bare)
}
