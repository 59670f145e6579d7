import { AppError } from '#shared/model/app-error.ts'
import { AttemptId, type ProjectId } from '#shared/model/ids.ts'
import type { RawAnswersApi } from '../../engine.ts'
import type { Clock, KeptAnswer, Log, RawAnswerStore, TransportResponse, VaultStore } from '../../ports.ts'
import type { SecretKeeper } from '../../secrets/secret-keeper.ts'
import { revealOnce } from '../../vault/reveal.ts'

/** What names an answer by itself. */
const NAME = 'answer'

export interface RawAnswersDeps {
  store: RawAnswerStore
  tries: Pick<VaultStore, 'recordTry'>
  keeper: Pick<SecretKeeper, 'seal' | 'open'>
  clock: Clock
  log: Log
}

export interface RawAnswers extends RawAnswersApi {
  /** Null where it cannot be sealed now: the attempt counts all the same, and is kept masked alone. */
  seal(of: Pick<KeptAnswer, 'projectId' | 'attemptId'>, answer: TransportResponse): Promise<Uint8Array | null>
}

/** Answers as they came, of attempts in whose record secrets are masked: kept sealed, and shown one time. */
export function createRawAnswers({ store, tries, keeper, clock, log }: RawAnswersDeps): RawAnswers {
  return {
    async seal(of, answer) {
      try {
        return await keeper.seal(of, toText(answer))
      } catch (error) {
        const name = error instanceof Error ? error.name : 'not an error'
        log.warn('An answer with a secret in it is kept masked alone', { attemptId: of.attemptId, error: name })
        return null
      }
    },

    ofDelivery: ({ id }) => store.ofDelivery(id),

    async reveal(projectId, id, caller) {
      const kept = await keptOf(store, projectId, id)
      const { attemptId, endpointId, deliveryId, number, sealed } = kept
      const { value, at, left } = await revealOnce({
        what: { secretId: attemptId, endpointId: endpointId ?? deliveryId, name: NAME, version: number },
        caller,
        words: {
          once: `The answer to attempt ${number} as it came`,
          hint: 'It stays as it is recorded, with secrets masked. Retry the delivery to have another one.',
        },
        open: async () => sealed && fromText(await keeper.open({ projectId, attemptId, sealed })),
        decide: (step) => store.reveal(step),
        recordTry: (tried) => tries.recordTry(tried),
        clock,
      })
      if (value === null) throw notKept(id)
      return { answer: value, at, left }
    },
  }
}

async function keptOf(store: RawAnswerStore, projectId: ProjectId, id: string): Promise<KeptAnswer> {
  const parsed = AttemptId.safeParse(id)
  const kept = parsed.success ? await store.get(parsed.data) : null
  if (kept?.projectId !== projectId) throw notKept(id)
  return kept
}

function notKept(id: string): AppError {
  return new AppError('not_found', `There is no answer with masked secrets to an attempt “${id}” in this project.`, {
    hint: 'GET /api/v1/deliveries/{id}/attempts says by `masked` which have one.',
  })
}

function toText({ body, ...head }: TransportResponse): string {
  return JSON.stringify({ ...head, bodyBase64: Buffer.from(body).toString('base64') })
}

/** Trusts what it reads: it was sealed here. */
function fromText(text: string): TransportResponse {
  const { bodyBase64, ...head } = JSON.parse(text) as Omit<TransportResponse, 'body'> & { bodyBase64: string }
  return { ...head, body: new Uint8Array(Buffer.from(bodyBase64, 'base64')) }
}
