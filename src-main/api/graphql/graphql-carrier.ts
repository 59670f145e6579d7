import { ORPCError } from '@orpc/server'
import { GraphQLError, type ValidationRule } from 'graphql'
import { createGraphQLError, createYoga, type Plugin } from 'graphql-yoga'
import { z } from 'zod'
import { ErrorData } from '#shared/contract/errors.ts'
import type { ApiContext } from '../api-context.ts'
import { INTERNAL_MESSAGE } from '../errors/api-error.ts'
import type { Carrier } from '../http/carriers.ts'
import type { ApiRouter } from '../router.ts'
import { GRAPHQL_PATH } from './graphql-path.ts'
import { createGraphqlSchema } from './schema.ts'

/** Enough for any form or script, and few enough that one request is not a flood. */
const MOST_FIELDS = 50
const MOST_CHARACTERS = 16_384

/** GraphQL over POST, for projects and the account. Its errors carry the contract’s code, field and hint as extensions. */
export function createGraphqlCarrier(router: ApiRouter): Carrier {
  const yoga = createYoga<ApiContext>({
    schema: createGraphqlSchema(router),
    graphqlEndpoint: GRAPHQL_PATH,
    graphiql: false,
    landingPage: false,
    cors: false,
    batching: false,
    logging: false,
    maskedErrors: { maskError: toGraphqlError },
    plugins: [bounds],
  })
  return async (request, response, context) => {
    if (request.method !== 'POST') return false
    const { body } = request as { body?: unknown }
    const answer = await yoga.fetch(
      new Request(`http://localhost${GRAPHQL_PATH}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify(body ?? {}),
      }),
      context,
    )
    const bytes = Buffer.from(await answer.arrayBuffer())
    response.writeHead(answer.status, { 'content-type': 'application/json; charset=utf-8' })
    response.end(bytes)
    return true
  }
}

const bounds: Plugin = {
  onParams({ params }) {
    if ((params.query?.length ?? 0) > MOST_CHARACTERS) {
      throw new GraphQLError(`A query has at most ${MOST_CHARACTERS} characters.`, {
        extensions: { code: 'invalid_request', http: { status: 400 } },
      })
    }
  },
  onValidate({ addValidationRule }) {
    addValidationRule(fewFields)
  },
}

/** Many aliases of one field would make one request do the work of thousands. */
const fewFields: ValidationRule = (context) => {
  let fields = 0
  return {
    Field() {
      fields += 1
      if (fields === MOST_FIELDS + 1) {
        context.reportError(
          new GraphQLError(`A query asks for at most ${MOST_FIELDS} fields.`, {
            extensions: { code: 'invalid_request' },
          }),
        )
      }
    },
  }
}

/** What a procedure refused keeps its words; anything else is hidden, and was logged where it happened. */
function toGraphqlError(error: unknown): Error {
  const located = Located.safeParse(error).data
  const cause = located?.originalError ?? error
  if (cause instanceof ORPCError) {
    const data = ErrorData.safeParse(cause.data).data ?? {}
    return createGraphQLError(cause.message, {
      path: located?.path,
      extensions: { code: String(cause.code), ...data },
    })
  }
  // What the query itself did wrong has no cause.
  if (error instanceof Error && located && !located.originalError) return error
  return createGraphQLError(INTERNAL_MESSAGE, { path: located?.path, extensions: { code: 'internal_error' } })
}

/** An error as GraphQL hands it on, of whichever copy of the library made it. */
const Located = z.object({
  name: z.literal('GraphQLError'),
  originalError: z.unknown(),
  path: z.array(z.union([z.string(), z.number()])).optional(),
})
