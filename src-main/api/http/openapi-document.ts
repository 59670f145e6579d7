import { OpenAPIGenerator } from '@orpc/openapi'
import { traverseContractProcedures } from '@orpc/server'
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4'
import { z } from 'zod'
import type { Access } from '#shared/contract/base.ts'
import { ErrorBody } from '#shared/contract/errors.ts'
import { contract } from '#shared/contract/index.ts'
import { refusalResponses } from '../openapi/responses.ts'

const DESCRIPTION = `The same surface that the window and the command line use.

Every call carries \`Authorization: Bearer <token or key>\`; a key may do what its scopes say, and each operation names
the scope that it asks for. The project \`default\` is meant where none is named by \`?project=\`
or the \`Hookloop-Project\` header; a slug works wherever a project's or source's id does. Lists answer
\`{"items": […], "nextCursor": string | null}\`, newest first. Instants are ISO 8601 in UTC with milliseconds.
Errors answer \`{"error": {"code", "message", "field"?, "hint"?}}\`.`

/** The OpenAPI 3.1 document of what is served under `/api/v1`, made from the contract. */
export async function createOpenApiDocument(version: string) {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] })
  const document = await generator.generate(contract, {
    info: { title: 'Hookloop', version, description: DESCRIPTION },
    servers: [{ url: '/api/v1' }],
    security: [{ token: [] }, { key: [] }],
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'The token of this installation: it may do everything.' },
        key: { type: 'http', scheme: 'bearer', description: 'An API key (`hlk_…`): it may do what its scopes say.' },
      },
      schemas: { Error: errorSchema() },
    },
  })
  traverseContractProcedures({ router: contract, path: [] }, ({ contract: procedure }) => {
    const { route, meta } = procedure['~orpc']
    const operations = document.paths?.[route.path ?? ''] as Record<string, Operation> | undefined
    const operation = operations?.[route.method?.toLowerCase() ?? '']
    if (operation) completeOperation(operation, meta as Access)
  })
  return document
}

interface Operation {
  description?: string
  parameters?: readonly unknown[]
  requestBody?: unknown
  responses?: Record<string, unknown>
  'x-required-scope'?: string
}

/** What each operation says beside its own: how it is refused, and what it asks of a key. */
function completeOperation(operation: Operation, access: Access): void {
  const { scope, reach } = access
  const body = operation.requestBody !== undefined
  const input = body || (operation.parameters ?? []).length > 0
  operation.responses = { ...operation.responses, ...refusalResponses(access, { input, body }) }
  const asks = [
    scope === null ? 'Answered to any valid token or key.' : `Asks for the scope \`${scope}\`.`,
    ...(reach === 'installation' ? ['Not for a key of one project.'] : []),
  ].join(' ')
  operation.description = operation.description ? `${operation.description} ${asks}` : asks
  if (scope !== null) operation['x-required-scope'] = scope
}

function errorSchema() {
  const { $schema: _dialect, ...schema } = z.toJSONSchema(ErrorBody)
  return schema as Record<string, unknown>
}
