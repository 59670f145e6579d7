import { z } from 'zod'
import { EndpointConfig, EndpointVersion } from '../../model/endpoint.ts'
import { changes, InProject, Instant, PageInput, pageOf, reads } from '../base.ts'
import { EndpointView } from '../endpoints.ts'

export const FieldChangeView = z.object({
  field: z.string().describe('A path with full stops, such as `policy.timeoutMs`.'),
  before: z.unknown(),
  after: z.unknown(),
})
export type FieldChangeView = z.infer<typeof FieldChangeView>

export const SnapshotView = z.object({
  id: EndpointVersion.shape.id,
  number: z.number(),
  actor: z.string(),
  createdAt: Instant,
  isCurrent: z.boolean(),
  sameAs: z.number().nullable().describe('The earlier version that it brought back.'),
  before: EndpointConfig.nullable().describe('Null for the first.'),
  after: EndpointConfig,
  changes: z.array(FieldChangeView).readonly(),
  test: z.object({ at: Instant, passed: z.boolean(), actor: z.string() }).nullable(),
  review: z.object({ at: Instant, actor: z.string() }).nullable(),
})
export type SnapshotView = z.infer<typeof SnapshotView>

const id = z.object({ id: z.string(), ...InProject.shape })

export const snapshots = {
  list: reads('endpoints:read')
    .route({
      method: 'GET',
      path: '/endpoints/{id}/snapshots',
      summary: 'List what was changed of an endpoint, by whom and when',
      tags: ['Operations'],
    })
    .input(z.object({ ...id.shape, ...PageInput.shape }))
    .output(pageOf(SnapshotView)),
  compare: reads('endpoints:read')
    .route({
      method: 'GET',
      path: '/endpoints/{id}/snapshots/compare',
      summary: 'Show what differs between two snapshots',
      tags: ['Operations'],
    })
    .input(z.object({ ...id.shape, from: z.string(), to: z.string() }))
    .output(z.object({ changes: z.array(FieldChangeView).readonly() })),
  rollback: changes('endpoints:write', 'endpoint.rollback', ['would_drop', 'read_only', 'endpoint_limit'])
    .route({
      method: 'POST',
      path: '/endpoints/{id}/rollback',
      summary: 'Bring a snapshot back',
      description:
        'Makes a new version of it. Secrets are meant by name: `notRestored` tells what the snapshot used and is gone.',
      tags: ['Operations'],
    })
    .input(
      z.strictObject({
        ...id.shape,
        snapshotId: z.string(),
        confirm: z.boolean().default(false).describe('Also where a mapping or filter of now would be lost.'),
      }),
    )
    .output(
      z.object({
        ...EndpointView.shape,
        notRestored: z.array(z.object({ field: z.string(), message: z.string() })).readonly(),
      }),
    ),
}
