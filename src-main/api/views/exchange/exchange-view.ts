import { toInstant } from '#shared/contract/base.ts'
import type { ExportView } from '#shared/contract/exchange/exports.ts'
import type { ImportView } from '#shared/contract/exchange/imports.ts'
import type { ExportRun, ImportRun } from '#shared/model/exchange/exchange-run.ts'

export function toExportView(run: ExportRun): ExportView {
  const { id, createdAt, format, secrets, state } = run
  return {
    id,
    createdAt: toInstant(createdAt),
    format,
    secrets,
    state,
    progress: run.state === 'running' ? run.progress : null,
    file: run.state === 'done' ? run.file : null,
    reason: run.state === 'failed' ? run.reason : null,
  }
}

export function toImportView(run: ImportRun): ImportView {
  const { id, createdAt, fileName, sizeBytes, state } = run
  const isReceived = run.state !== 'receiving'
  return {
    id,
    createdAt: toInstant(createdAt),
    fileName,
    sizeBytes,
    state,
    receivedBytes: isReceived ? sizeBytes : run.receivedBytes,
    readBytes: run.state === 'checking' ? run.readBytes : 'summary' in run ? sizeBytes : 0,
    summary: 'summary' in run ? summaryOf(run.summary) : null,
    stored:
      run.state === 'storing'
        ? { done: run.done, total: run.total }
        : run.state === 'done'
          ? { done: run.events, total: run.events }
          : null,
    reason: 'reason' in run ? run.reason : null,
    hint: 'hint' in run ? run.hint : null,
  }
}

function summaryOf({ firstAt, lastAt, ...summary }: Extract<ImportRun, { summary: unknown }>['summary']) {
  return {
    ...summary,
    firstAt: firstAt === null ? null : toInstant(firstAt),
    lastAt: lastAt === null ? null : toInstant(lastAt),
  }
}
