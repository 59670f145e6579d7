import { AppError } from '#shared/model/app-error.ts'
import type { Endpoint, EndpointConfig } from '#shared/model/endpoint.ts'
import { SIGNING_SECRET } from '#shared/model/secret-name.ts'
import type { Provider } from '../catalog/provider.ts'
import type { Clock, Ids, Random, SealedSecret, SecretStore } from '../ports.ts'
import type { SecretKeeper } from '../secrets/secret-keeper.ts'
import { checkSecret, newSecret } from '../signing/secret.ts'
import { signerOf } from './endpoint-config.ts'

export interface SigningSecrets {
  /** Seals the given text, or a new secret, for a new endpoint; null where nobody signs. */
  create(endpoint: Endpoint, text: string | undefined): Promise<{ sealed: SealedSecret; text: string } | null>
  /** Throws `AppError` unless the endpoint's secret can sign as `config` asks. */
  check(endpoint: Endpoint, config: EndpointConfig): Promise<void>
  /** The opened secrets, newest first. Throws `VaultLockedError`. */
  open(endpoint: Endpoint): Promise<readonly string[]>
}

export interface SigningSecretsDeps {
  store: SecretStore
  keeper: SecretKeeper
  clock: Clock
  ids: Ids
  random: Random
  provider(id: string): Provider | null
}

export function createSigningSecrets(deps: SigningSecretsDeps): SigningSecrets {
  const opened = new Map<Endpoint['id'], Promise<readonly string[]>>()

  function schemeOf(config: EndpointConfig) {
    return deps.provider(signerOf(config))?.signing ?? null
  }

  async function readAll(endpoint: Endpoint): Promise<readonly string[]> {
    const sealed = (await deps.store.list(endpoint.id)).filter(({ name }) => name === SIGNING_SECRET)
    return Promise.all(sealed.map((secret) => deps.keeper.open(secret)))
  }

  function open(endpoint: Endpoint): Promise<readonly string[]> {
    const known = opened.get(endpoint.id)
    if (known) return known
    const reading = readAll(endpoint)
    opened.set(endpoint.id, reading)
    // A vault that is locked now may be open at the next attempt.
    reading.catch(() => opened.delete(endpoint.id))
    return reading
  }

  return {
    open,

    async create(endpoint, given) {
      const scheme = schemeOf(endpoint.version.config)
      if (!scheme) {
        if (given === undefined) return null
        throw new AppError('invalid_request', 'Nobody signs for this endpoint, so a secret would not be used.', {
          field: 'secret',
          hint: 'Leave the secret out, or choose a provider that signs.',
        })
      }
      const problem = given === undefined ? null : checkSecret(scheme, given)
      if (problem) throw new AppError('invalid_request', problem, { field: 'secret' })
      const text = given ?? newSecret(scheme, deps.random)
      const identity = {
        id: deps.ids.next('sec'),
        projectId: endpoint.projectId,
        endpointId: endpoint.id,
        name: SIGNING_SECRET,
        version: 1,
      }
      const sealed = await deps.keeper.seal(identity, text)
      return { sealed: { ...identity, sealed, createdAt: deps.clock.now() }, text }
    },

    async check(endpoint, config) {
      const scheme = schemeOf(config)
      if (!scheme || signerOf(config) === signerOf(endpoint.version.config)) return
      const [current] = await open(endpoint)
      if (current !== undefined && checkSecret(scheme, current) === null) return
      throw new AppError('invalid_request', `This endpoint has no secret that ${signerOf(config)} can sign with.`, {
        field: 'provider',
        hint: 'Create an endpoint with this provider; its secret is made with it.',
      })
    },
  }
}
