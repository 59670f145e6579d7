import { AppError } from '#shared/model/app-error.ts'
import type { Diagnosis } from '#shared/model/diagnosis.ts'
import type { ProjectId } from '#shared/model/ids.ts'
import { type HeaderList, headerValue } from '#shared/model/header.ts'
import type { ProofPlace } from '#shared/model/proof-place.ts'
import { SnippetLanguage, type VerificationSnippet } from '#shared/model/snippet.ts'
import type { Verdict } from '#shared/model/verdict.ts'
import { checkHeaders } from '../header-rules.ts'
import type { Clock, Ids } from '../ports.ts'
import type { SigningScheme } from '../signing/scheme.ts'
import { proofPlaces } from '../signing/proof-places.ts'
import { checkSecret } from '../signing/secret.ts'
import { type SignedMessage, signRequest, UnsignableBodyError } from '../signing/sign.ts'
import { examine } from '../signing/doctor/diagnose.ts'
import type { DoctorCase } from '../signing/doctor/subject.ts'
import { verify } from '../signing/verify.ts'
import { verificationSnippets } from '../snippets/snippet.ts'
import type { Catalog } from './catalog.ts'
import type { Provider } from './provider.ts'
import { recognize } from './recognize.ts'

/** A request to sign or verify, as a provider's sender would make it. */
export interface SigningTask {
  projectId: ProjectId
  provider: string
  /** Newest first. Nothing of them is kept, logged or told. */
  secrets: readonly string[]
  method: string
  /** The public URL that the sender uses; empty where no scheme asks for it. */
  url: string
  headers: HeaderList
  body: Uint8Array
  /** Unix ms; the clock's own where null. */
  nowMs: number | null
}

export interface SigningDesk {
  /**
   * The request's headers, those of the signature at their end, and its body. A message id or event type among the given
   * headers is kept. Throws `AppError`.
   */
  sign(task: SigningTask): { headers: HeaderList; body: Uint8Array }
  /** Throws `AppError` `unknown_provider`; any other input gets its verdict. */
  verify(task: SigningTask): Verdict
  /** Where the requests of a provider carry what proves them. */
  proofPlaces(provider: Pick<Provider, 'signing'>): readonly ProofPlace[]
  /**
   * The verdict, and what explains it where the request does not verify. `known` adds what stands around the request.
   * Throws `AppError` `unknown_provider`.
   */
  diagnose(task: SigningTask, known?: Surroundings): Promise<Diagnosis>
  /** Code that verifies the provider’s requests, in one language or in all. Throws `AppError` `unknown_provider`. */
  snippets(projectId: ProjectId, provider: string, language?: SnippetLanguage): VerificationSnippet[]
}

/** Other secrets that may have signed a request, and where it arrived. */
export type Surroundings = Pick<DoctorCase, 'candidates' | 'publicUrl' | 'mountPath'>

const NOTHING_AROUND: Surroundings = { candidates: [], publicUrl: null, mountPath: null }

export interface SigningDeskDeps {
  catalog: Pick<Catalog, 'resolve' | 'list'>
  clock: Pick<Clock, 'now' | 'after'>
  ids: Ids
}

/** Signs and verifies with given secrets alone, beside all sources and endpoints. */
export function createSigningDesk({ catalog, clock, ids }: SigningDeskDeps): SigningDesk {
  return {
    sign(task) {
      const provider = catalog.resolve(task.projectId, task.provider)
      const scheme = provider.signing
      if (!scheme) return { headers: task.headers, body: task.body }
      checkTask(scheme, task)
      const chosen = ['id', 'type'].map((token) => givenHeader(scheme, task.headers, token))
      const [id = null, type = null] = chosen
      const message: SignedMessage = {
        ...task,
        id: id ?? ids.next('evt'),
        type: type ?? recognize(provider, task).eventType ?? provider.eventTypes[0]?.name ?? 'request',
        timestampMs: task.nowMs ?? clock.now(),
        deliveryId: ids.next('dlv'),
      }
      return withSignature(task.headers, signed(scheme, message))
    },

    verify(task) {
      const { signing } = catalog.resolve(task.projectId, task.provider)
      if (!signing) return { verdict: 'unchecked', reason: 'no_secret' }
      return verify(signing, { ...task, nowMs: task.nowMs ?? clock.now() })
    },

    proofPlaces: ({ signing }) => (signing ? proofPlaces(signing) : []),
    async diagnose(task, known = NOTHING_AROUND) {
      const { id, name, signing } = catalog.resolve(task.projectId, task.provider)
      if (!signing) return { verdict: 'unchecked', reason: 'no_secret', findings: [], complete: true }
      const message = { ...task, nowMs: task.nowMs ?? clock.now() }
      const run = examine({ ...known, sender: { id, name, signing }, message, senders: catalog.list(task.projectId) })
      for (let step = run.next(); ; step = run.next()) {
        if (step.done) return step.value
        // A large body takes a second: others have a turn meanwhile.
        await new Promise<void>((resolve) => void clock.after(0, resolve))
      }
    },
    snippets: (projectId, provider, language) =>
      verificationSnippets(catalog.resolve(projectId, provider), language ? [language] : SnippetLanguage.options),
  }
}

function checkTask(scheme: SigningScheme, { secrets, headers, url }: SigningTask): void {
  const [current] = secrets
  if (current === undefined) {
    throw new AppError('invalid_request', 'There is no secret to sign with.', {
      field: 'secret',
      hint: 'Give `secret`, or `secrets` with the newest first.',
    })
  }
  const problem = secrets.map((secret) => checkSecret(scheme, secret)).find((text) => text !== null)
  if (problem) throw new AppError('invalid_request', problem, { field: 'secret' })
  checkHeaders(headers, { field: 'headers', refused: new Set() })
  if (url === '' && scheme.signedContent.includes('{url}')) {
    throw new AppError('invalid_request', 'This sender signs the URL that it calls.', {
      field: 'url',
      hint: 'Give the public URL, whole and as the sender knows it.',
    })
  }
}

/** A message id or event type that the caller chose by giving its header. */
function givenHeader(scheme: SigningScheme, headers: HeaderList, token: string): string | null {
  const name = scheme.headers.find(([, template]) => template === `{${token}}`)?.[0]
  return name === undefined ? null : headerValue(headers, name)
}

function signed(scheme: SigningScheme, message: SignedMessage): { headers: HeaderList; body: Uint8Array } {
  try {
    return signRequest(scheme, message)
  } catch (error) {
    if (!(error instanceof UnsignableBodyError)) throw error
    throw new AppError('invalid_request', error.message, { field: 'bodyBase64', hint: 'Give a JSON object.' })
  }
}

function withSignature(given: HeaderList, { headers, body }: { headers: HeaderList; body: Uint8Array }) {
  const replaced = new Set(headers.map(([name]) => name.toLowerCase()))
  return { headers: [...given.filter(([name]) => !replaced.has(name.toLowerCase())), ...headers], body }
}
