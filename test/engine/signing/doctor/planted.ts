import type { Diagnosis } from '#shared/model/diagnosis.ts'
import type { HeaderList } from '#shared/model/header.ts'
import { diagnose } from '#main/engine/signing/doctor/diagnose.ts'
import type { CandidateSecret, DoctorCase } from '#main/engine/signing/doctor/subject.ts'
import type { SigningScheme } from '#main/engine/signing/scheme.ts'
import type { ReceivedMessage } from '#main/engine/signing/verify.ts'
import { providers } from '#main/providers/index.ts'
import { providerOf, signedRequest, type SignedParts } from '#test/providers/signed-request.ts'

export const NOW = 1_795_165_924_000
export const URL_CALLED = 'https://hooks.example.com/in/shop?b=2&a=1'
export const WHSEC = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
export const OTHER_WHSEC = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD'
export const PLAIN = '3a7bd3e2360a3d29eea436fcfb7e44c7'

/** A sender's scheme with one thing about it changed. */
export function schemeOf(id: string, change: Partial<SigningScheme> = {}): SigningScheme {
  return { ...providerOf(id).signing!, ...change }
}

export const secretOf = (id: string) => (id.startsWith('standard') || id === 'svix' || id === 'stripe' ? WHSEC : PLAIN)

/** A request as a sender makes it, signed as told. */
export function sent(id: string, parts: Partial<SignedParts> & { scheme?: Partial<SigningScheme> } = {}) {
  const { scheme, ...rest } = parts
  const body = Buffer.from('{"total":1,"text":"a"}')
  return signedRequest(schemeOf(id, scheme), {
    body,
    secrets: [secretOf(id)],
    nowMs: NOW,
    url: URL_CALLED,
    ...rest,
  })
}

/** A candidate secret. */
export function candidate(parts: Partial<CandidateSecret> & { text: string }): CandidateSecret {
  return { label: 'source “Other”', provider: null, isPrevious: false, ...parts }
}

export function caseOf(id: string, message: ReceivedMessage, parts: Partial<DoctorCase> = {}): DoctorCase {
  const { name } = providerOf(id)
  const sender = { id, name, signing: schemeOf(id) }
  return { sender, message, candidates: [], senders: providers, publicUrl: null, mountPath: null, ...parts }
}

/** What the doctor says of a request, judged as `id`'s. */
export function diagnosed(id: string, message: ReceivedMessage, parts: Partial<DoctorCase> = {}): Diagnosis {
  return diagnose(caseOf(id, message, parts))
}

export const codes = ({ findings }: Diagnosis) => findings.map(({ code }) => code)

/** Headers with each value changed that a name's header has. */
export function headersWith(headers: HeaderList, name: string, change: (value: string) => string): HeaderList {
  return headers.map(([key, value]) => [key, key.toLowerCase() === name.toLowerCase() ? change(value) : value])
}
