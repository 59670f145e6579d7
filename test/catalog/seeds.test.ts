import { describe, expect, it } from 'vitest'
import { schemaProblems } from '#main/engine/catalog/event-schema.ts'
import { providers } from '#main/providers/index.ts'

function typeOf(providerId: string, name: string) {
  const type = providers.find(({ id }) => id === providerId)?.eventTypes.find((each) => each.name === name)
  if (!type?.schema) throw new Error(`There is no ${name} with a schema of its own at ${providerId}`)
  return { sample: type.sample as Record<string, unknown>, schema: type.schema }
}

/** The sample without a field, or with another value in it, as its schema judges it. */
function problemsWith(providerId: string, name: string, change: Record<string, unknown>) {
  const { sample, schema } = typeOf(providerId, name)
  return schemaProblems(schema, JSON.parse(JSON.stringify({ ...sample, ...change })))
}

const RUN = ['batch_run_id', 'status', 'completed_urls', 'failed_urls', 'total_urls', 'progress_percentage']
const WHOSE = ['crawl_id', 'project_id', 'account_id', 'user_id', 'partner_account_id', 'partner_user_id']

describe('the events of the systems that Hookloop stands in for', () => {
  it.each([
    ['CRX-1', 'crawlux', 'audit.completed', ['audit_id', 'version', 'domain']],
    ['CRX-1', 'crawlux', 'audit.failed', ['audit_id', 'version', 'domain', 'error']],
    ['CRX-1', 'crawlux', 'audit.retried', ['audit_id', 'version', 'domain', 'attempt', 'error']],
    ['APC-4', 'apifycloud', 'call_started', ['id', 'type', 'createdAt', 'data']],
    ['APC-4', 'apifycloud', 'call_ended', ['id', 'type', 'createdAt', 'data']],
    ['LUM-3', 'lumar', 'crawl_status', ['message', 'resource', ...WHOSE, 'status', 'href']],
    [
      'LUM-3',
      'lumar',
      'report_download_available',
      [...WHOSE, 'report_download_id', 'report_id', 'file_url', 'status'],
    ],
    ['CRL-2', 'crawlens', 'workflow.finished', RUN],
    ['CRL-4', 'crawlens', 'batch_run.state', RUN],
    ['CRL-4', 'crawlens', 'insight.created', ['insight_id']],
  ])('%s %s: %s needs each of its fields', (_clause, provider, name, fields) => {
    expect(problemsWith(provider, name, {})).toEqual([])
    for (const field of fields) {
      expect(problemsWith(provider, name, { [field]: undefined }), field).toMatchObject([
        { in: 'sample', message: `must have required property '${field}'` },
      ])
    }
  })

  it('CRX-1 says what an audit failed of, in a code and words', () => {
    expect(problemsWith('crawlux', 'audit.failed', { error: { code: 'x' } })).toHaveLength(1)
    expect(problemsWith('crawlux', 'audit.completed', { version: 'v2' })).toHaveLength(1)
    expect(problemsWith('crawlux', 'audit.retried', { attempt: 4 })).toHaveLength(1)
  })

  it('LUM-3 has empty text where a partner is missing, and reports of three parts or four', () => {
    expect(typeOf('lumar', 'crawl_status').sample).toMatchObject({ partner_account_id: '', partner_user_id: '' })
    expect(problemsWith('lumar', 'crawl_status', { status: 'running' })).toHaveLength(1)
    expect(problemsWith('lumar', 'report_download_available', { report_id: '1:all_pages:basic' })).toEqual([])
    expect(problemsWith('lumar', 'report_download_available', { report_id: '1:all_pages' })).toHaveLength(1)
  })

  it('CRL-2 knows the four states of a run', () => {
    for (const status of ['running', 'succeeded', 'partial_failure', 'failed']) {
      expect(problemsWith('crawlens', 'workflow.finished', { status })).toEqual([])
    }
    expect(problemsWith('crawlens', 'workflow.finished', { status: 'done' })).toHaveLength(1)
  })
})
