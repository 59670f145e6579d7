import type { Plan } from '../plan.ts'
import { indented, type Lines } from '../text.ts'

interface Around {
  /** The expression of what is signed. */
  content: string
  /** A loop over keys that answers false at its end. */
  each: (keys: string, key: string, inner: Lines) => Lines
}

const skipUnless = (condition: string): Lines => [`if ${condition} {`, '\tcontinue', '}']

/** The lines that judge a signature by public keys. */
export function goAsymmetricLines(plan: Plan, { content, each }: Around): Lines {
  const { algorithm } = plan.scheme
  if (algorithm === 'ed25519') return plan.list ? listLines(plan, content, each) : ed25519Lines(plan, content, each)
  const signature: Lines = [
    'proof, err := base64.StdEncoding.DecodeString(signature)',
    ['if err != nil {', '\treturn false', '}'],
  ]
  if (algorithm === 'rsa-sha256') {
    return [
      signature,
      each('certificates', 'text', [
        'block, _ := pem.Decode([]byte(text))',
        skipUnless('block == nil'),
        'certificate, err := x509.ParseCertificate(block.Bytes)',
        skipUnless('err != nil'),
        `if certificate.CheckSignature(x509.SHA256WithRSA, ${content}, proof) == nil {`,
        ['\treturn true', '}'],
      ]),
    ]
  }
  return [
    signature,
    `digest := sha256.Sum256(${content})`,
    each('publicKeys', 'text', [
      'der, err := base64.StdEncoding.DecodeString(text)',
      skipUnless('err != nil'),
      'parsed, err := x509.ParsePKIXPublicKey(der)',
      skipUnless('err != nil'),
      'if key, ok := parsed.(*ecdsa.PublicKey); ok && ecdsa.VerifyASN1(key, digest[:], proof) {',
      ['\treturn true', '}'],
    ]),
  ]
}

function keyLines({ scheme: { key, newSecret } }: Plan): Lines {
  const prefix = typeof key === 'object' && 'asymmetric' in key ? key.asymmetric.publicPrefix : ''
  const bare = prefix === '' ? 'text' : `strings.TrimPrefix(text, "${prefix}")`
  const decoder = newSecret.encoding === 'hex' ? 'hex.DecodeString' : 'base64.StdEncoding.DecodeString'
  return [`key, err := ${decoder}(${bare})`, skipUnless('err != nil || len(key) != ed25519.PublicKeySize')]
}

function ed25519Lines(plan: Plan, content: string, each: Around['each']): Lines {
  const decoder = plan.scheme.encoding === 'hex' ? 'hex.DecodeString' : 'base64.StdEncoding.DecodeString'
  return [
    `proof, err := ${decoder}(signature)`,
    ['if err != nil {', '\treturn false', '}'],
    each('publicKeys', 'text', [keyLines(plan), `if ed25519.Verify(key, ${content}, proof) {`, ['\treturn true', '}']]),
  ]
}

function listLines(plan: Plan, content: string, each: Around['each']): Lines {
  return each('publicKeys', 'text', [
    keyLines(plan),
    'for _, item := range items {',
    indented('\t', [
      skipUnless(`!strings.HasPrefix(item, "${plan.mark}")`),
      `proof, err := base64.StdEncoding.DecodeString(item[len("${plan.mark}"):])`,
      `if err == nil && ed25519.Verify(key, ${content}, proof) {`,
      ['\treturn true', '}'],
    ]),
    '}',
  ])
}
