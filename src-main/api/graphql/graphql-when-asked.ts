import type { Carrier } from '../http/carriers.ts'
import type { ApiRouter } from '../router.ts'

/** GraphQL, loaded by its first request: its library is a quarter of the program, and most starts need none of it. */
export function createGraphqlWhenAsked(router: ApiRouter): Carrier {
  let loaded: Promise<Carrier> | null = null
  return async (request, response, context) => {
    loaded ??= import('./graphql-carrier.ts').then(({ createGraphqlCarrier }) => createGraphqlCarrier(router))
    const answer = await loaded
    return answer(request, response, context)
  }
}
