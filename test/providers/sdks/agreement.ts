import { newSecret } from '#main/engine/signing/secret.ts'
import type { SigningScheme } from '#main/engine/signing/scheme.ts'
import { type ReceivedMessage, verify } from '#main/engine/signing/verify.ts'
import { createSeededRandom } from '#test/support/fake-random.ts'
import { providerOf } from '../signed-request.ts'
import { arrived, type Disagreement, type OfficialSdk, verifyingKey } from './arrived.ts'
import { CHANGES, withChangedByte } from './changes.ts'
import { sampleRequest, someSkew } from './sample-requests.ts'

/** Judges seeded requests, genuine and changed, with an official verifier and with ours; what it is known to judge otherwise is left out. */
export async function findDisagreements(sdk: OfficialSdk, cases = sdk.cases ?? 300): Promise<Disagreement[]> {
  const scheme = providerOf(sdk.provider).signing!
  const random = createSeededRandom(21)
  const [secret, other] = [newSecret(scheme, random), newSecret(scheme, random)]
  const changes = Object.entries(CHANGES)
  const found: Disagreement[] = []
  for (let round = 0; round < cases; round += 1) {
    const [change, apply] = changes[round % changes.length]!
    const [signedWith, skewMs] = [round % 7 === 6 ? other : secret, someSkew(round)]
    const message = apply(sampleRequest({ provider: sdk.provider, secret: signedWith, random, skewMs }), random)
    const judged = { ...message, secrets: [secret] }
    const theirs = await accepts(sdk, scheme, judged)
    const ours = isValid(scheme, judged)
    const disagreement = { round, change, skewMs, ours, theirs }
    if (ours !== theirs && !sdk.differs?.about(disagreement)) found.push(disagreement)
  }
  return found
}

/** How many of the requests that we sign it accepts, and how many it refuses once a byte of the body is another. */
export async function judgeOurs(sdk: OfficialSdk, count = 20): Promise<{ accepted: number; refused: number }> {
  const scheme = providerOf(sdk.provider).signing!
  const random = createSeededRandom(20)
  const secret = newSecret(scheme, random)
  const tally = { accepted: 0, refused: 0 }
  for (let round = 0; round < count; round += 1) {
    const message = sampleRequest({ provider: sdk.provider, secret, random })
    if (await accepts(sdk, scheme, message)) tally.accepted += 1
    if (!(await accepts(sdk, scheme, { ...message, body: withChangedByte(message.body) }))) tally.refused += 1
  }
  return tally
}

async function accepts(sdk: OfficialSdk, scheme: SigningScheme, message: ReceivedMessage): Promise<boolean> {
  try {
    return Boolean(await sdk.accepts(arrived(scheme, message)))
  } catch {
    return false
  }
}

function isValid(scheme: SigningScheme, message: ReceivedMessage): boolean {
  const secrets = message.secrets.map((secret) => verifyingKey(scheme, secret))
  return verify(scheme, { ...message, secrets, nowMs: Date.now() }).verdict === 'valid'
}
