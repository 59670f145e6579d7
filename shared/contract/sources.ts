import { z } from 'zod'
import { Slug } from '../model/project.ts'
import { Answer, Source } from '../model/source.ts'
import { ById, InProject, Instant, pageOf, procedure } from './base.ts'
import { gaps } from './sources/gaps.ts'

/** The largest body limit that a source may set: what is captured is held in memory until it is stored. */
const MAX_BODY_LIMIT_BYTES = 100 * 1024 * 1024

export const SourceView = z.object({
  ...Source.shape,
  createdAt: Instant,
  captureUrl: z.string().describe('Where senders point.'),
})
export type SourceView = z.infer<typeof SourceView>

const fields = {
  name: z.string().trim().min(1).max(100),
  provider: z.string().max(60).nullable(),
  answer: Answer.partial(),
  publicUrl: z.url({ protocol: /^https?$/ }).nullable(),
  bodyLimitBytes: z.number().int().min(1).max(MAX_BODY_LIMIT_BYTES),
}

export const sources = {
  list: procedure
    .route({ method: 'GET', path: '/sources', summary: 'List sources', tags: ['Sources'] })
    .input(InProject)
    .output(pageOf(SourceView)),
  create: procedure
    .route({ method: 'POST', path: '/sources', summary: 'Create a source', tags: ['Sources'], successStatus: 201 })
    .input(z.strictObject({ ...InProject.shape, ...z.object(fields).partial().shape, name: fields.name, slug: Slug }))
    .output(SourceView),
  update: procedure
    .route({ method: 'PATCH', path: '/sources/{id}', summary: 'Change a source', tags: ['Sources'] })
    .input(z.strictObject({ id: z.string(), ...InProject.shape, ...z.object(fields).partial().shape }))
    .output(SourceView),
  delete: procedure
    .route({
      method: 'DELETE',
      path: '/sources/{id}',
      summary: 'Delete a source',
      description: 'Its address stops capturing; its events stay.',
      tags: ['Sources'],
    })
    .input(z.object({ ...ById.shape, ...InProject.shape }))
    .output(z.object({ id: z.string() })),
  gaps,
}
