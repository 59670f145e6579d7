import { PART_BYTES } from '#shared/contract/exchange/imports.ts'
import { AppError } from '#shared/model/app-error.ts'
import { projectOf } from '../../api-context.ts'
import { toImportView } from '../../views/exchange/exchange-view.ts'
import { procedures } from '../procedures.ts'

const { imports } = procedures

export const importHandlers = {
  list: imports.list.handler(({ context, input }) => ({
    items: context.engine.imports.list(projectOf(context, input).id).map(toImportView),
  })),

  create: imports.create.handler(({ context, input: { project, ...file } }) =>
    toImportView(context.engine.imports.open(projectOf(context, { project }).id, file)),
  ),

  append: imports.append.handler(async ({ context, input: { project, id, offset, bytesBase64 } }) => {
    const bytes = new Uint8Array(Buffer.from(bytesBase64, 'base64'))
    if (bytes.length === 0 || bytes.length > PART_BYTES) {
      throw new AppError('invalid_request', `A part holds 1 byte at least and ${PART_BYTES / 1024 ** 2} MiB at most.`, {
        field: 'bytesBase64',
        hint: 'Send the file in smaller parts.',
      })
    }
    return toImportView(await context.engine.imports.append(projectOf(context, { project }).id, id, { offset, bytes }))
  }),

  get: imports.get.handler(({ context, input }) =>
    toImportView(context.engine.imports.get(projectOf(context, input).id, input.id)),
  ),

  start: imports.start.handler(({ context, input: { project, id, source, ...choice } }) => {
    const { engine } = context
    const projectId = projectOf(context, { project }).id
    const sourceId = source ? engine.sources.resolve(projectId, source).id : null
    return toImportView(engine.imports.start(projectId, id, { sourceId, ...choice }))
  }),

  cancel: imports.cancel.handler(async ({ context, input }) =>
    toImportView(await context.engine.imports.cancel(projectOf(context, input).id, input.id)),
  ),
}
