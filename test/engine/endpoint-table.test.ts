import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Endpoint } from '#shared/model/endpoint.ts'
import type { EndpointId, ProjectId } from '#shared/model/ids.ts'
import { EndpointTable } from '#main/engine/endpoints/endpoint-table.ts'
import { anyTakesType } from '#shared/model/event-type-filter.ts'

const PROJECTS = ['prj_1', 'prj_2'] as ProjectId[]
const IDS = Array.from({ length: 8 }, (_, index) => `end_${index}` as EndpointId)
const FILTERS = ['audit.completed', 'audit.failed', 'audit.*', 'call', 'call.*', '*', '']
const TYPES = ['audit.completed', 'audit.failed', 'audit', 'call', 'call.ended', 'other', '']

/** Only what a table looks at. An endpoint never changes its project. */
function endpoint(id: EndpointId, eventTypes: string[]): Endpoint {
  const projectId = PROJECTS[IDS.indexOf(id) % PROJECTS.length]!
  return { id, projectId, version: { config: { eventTypes } } } as Endpoint
}

const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ id: fc.constantFrom(...IDS), filters: fc.subarray(FILTERS, { maxLength: 3 }) }) },
  { weight: 1, arbitrary: fc.record({ id: fc.constantFrom(...IDS), filters: fc.constant(null) }) },
)

it('ENG-1 finds through the table what a look at every endpoint finds, in the same order, whatever was changed', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const table = new EndpointTable([])
      for (const { id, filters } of steps) {
        if (filters) table.set(id, endpoint(id, filters))
        else table.delete(id)
      }
      for (const projectId of PROJECTS) {
        for (const type of TYPES) {
          const takes = ({ version }: Endpoint) => anyTakesType(version.config.eventTypes, type)
          const every = [...table.values()].filter((each) => each.projectId === projectId && takes(each))
          expect(table.mayTake(projectId, type).filter(takes)).toEqual(every)
        }
      }
    }),
  )
})

it('ENG-1 looks at none of the endpoints that name other types', () => {
  const named = IDS.map((id, index) => endpoint(id, [`type.${index}`]))
  const table = new EndpointTable(named)
  expect(table.mayTake(PROJECTS[1]!, 'type.3')).toEqual([named[3]])
  table.set(IDS[3]!, { ...named[3]!, state: 'paused' } as Endpoint)
  expect(table.mayTake(PROJECTS[1]!, 'type.3')).toMatchObject([{ id: IDS[3], state: 'paused' }])
})
