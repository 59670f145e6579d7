import { AppError } from '#shared/model/app-error.ts'
import type { Endpoint, EndpointConfig } from '#shared/model/endpoint.ts'
import { secretNames } from '../delivery/request/secret-template.ts'
import { signerOf } from './endpoint-config.ts'

/** What an earlier version held and could not be brought back, in words. */
export interface NotRestored {
  field: string
  message: string
}

export interface Restored {
  endpoint: Endpoint
  notRestored: readonly NotRestored[]
}

/** What a configuration refers to and may be gone. */
interface Surroundings {
  /** The secrets that there are. */
  names: ReadonlySet<string>
  hasProvider(id: string): boolean
  /** Throws `AppError` where no secret of the endpoint can sign as the configuration asks. */
  canSign(config: EndpointConfig): Promise<void>
}

/**
 * An earlier configuration as far as it can be had again. Who signs stays as it is now where the earlier one cannot; a secret
 * that is gone is named, and fails each delivery before it is sent until it is given again.
 */
export async function restorable(
  wanted: EndpointConfig,
  current: EndpointConfig,
  around: Surroundings,
): Promise<{ config: EndpointConfig; notRestored: readonly NotRestored[] }> {
  const gone = goneSecrets(wanted, around.names)
  const problem = await signerProblem(wanted, around)
  if (problem === null) return { config: wanted, notRestored: gone }
  const policy = { ...wanted.policy, provider: current.policy.provider }
  return {
    config: { ...wanted, provider: current.provider, policy },
    notRestored: [{ field: 'provider', message: problem }, ...gone],
  }
}

function goneSecrets({ url, headers }: EndpointConfig, names: ReadonlySet<string>): NotRestored[] {
  const used = [url, ...headers.map(([, value]) => value)].flatMap(secretNames)
  return [...new Set(used)]
    .filter((name) => !names.has(name))
    .map((name) => ({
      field: `secrets.${name}`,
      message: `The secret “${name}” is gone: give it again, for its value is kept nowhere else.`,
    }))
}

async function signerProblem(config: EndpointConfig, { hasProvider, canSign }: Surroundings): Promise<string | null> {
  const signer = signerOf(config)
  if (signer !== 'none' && !hasProvider(signer)) return `The provider “${signer}”, which signed, is gone.`
  try {
    await canSign(config)
    return null
  } catch (error) {
    if (error instanceof AppError) return error.message
    throw error
  }
}
