import { OpenAPIGenerator } from '@orpc/openapi'
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4'
import { z } from 'zod'
import { ErrorBody } from '#shared/contract/errors.ts'
import { contract } from '#shared/contract/index.ts'

const DESCRIPTION = `The same surface that the window and the command line use.

Every call carries \`Authorization: Bearer <token>\`. The project \`default\` is meant where none is named by \`?project=\`
or the \`Hookloop-Project\` header; a slug works wherever a project's or source's id does. Lists answer
\`{"items": […], "nextCursor": string | null}\`, newest first. Instants are ISO 8601 in UTC with milliseconds.
Errors answer \`{"error": {"code", "message", "field"?, "hint"?}}\`.`

/** The OpenAPI 3.1 document of what is served under `/api/v1`, made from the contract. */
export async function createOpenApiDocument(version: string) {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] })
  const document = await generator.generate(contract, {
    info: { title: 'Hookloop', version, description: DESCRIPTION },
    servers: [{ url: '/api/v1' }],
    security: [{ token: [] }],
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer', description: 'The token of this installation.' } },
      schemas: { Error: errorSchema() },
      responses: {
        Error: {
          description: 'The call was refused or failed; the code says why.',
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
        },
      },
    },
  })
  for (const path of Object.values(document.paths ?? {})) {
    for (const method of ['get', 'post', 'put', 'patch', 'delete'] as const) {
      const responses = path?.[method]?.responses
      if (responses) responses['default'] = { $ref: '#/components/responses/Error' }
    }
  }
  return document
}

function errorSchema() {
  const { $schema: _dialect, ...schema } = z.toJSONSchema(ErrorBody)
  return schema as Record<string, unknown>
}
