import type { Provider } from '#main/engine/catalog/provider.ts'

const text = { type: 'string' }
const count = { type: 'integer', minimum: 0 }
const share = { type: 'number', minimum: 0, maximum: 1 }

/** How a run over many URLs stands. */
const RUN = {
  batch_run_id: text,
  status: { enum: ['running', 'succeeded', 'partial_failure', 'failed'] },
  completed_urls: count,
  failed_urls: count,
  total_urls: count,
  progress_percentage: { type: 'number', minimum: 0, maximum: 100 },
}

export const crawlens: Provider = {
  id: 'crawlens',
  name: 'Crawlens',
  signing: null,
  recognition: { eventType: [{ json: 'type' }], messageId: [] },
  eventTypes: [
    {
      name: 'workflow.finished',
      description: 'A run of a workflow ended, whatever came of it.',
      schema: {
        type: 'object',
        properties: {
          type: { const: 'workflow.finished' },
          workflow: text,
          trigger: { enum: ['ci', 'schedule', 'manual'] },
          started_at: { type: 'string', format: 'date-time' },
          finished_at: { type: 'string', format: 'date-time' },
          ...RUN,
        },
        required: ['type', 'workflow', ...Object.keys(RUN)],
      },
      sample: {
        type: 'workflow.finished',
        workflow: 'checkout-smoke',
        trigger: 'ci',
        started_at: '2026-11-20T09:12:04.000Z',
        finished_at: '2026-11-20T09:14:31.000Z',
        batch_run_id: 'run_01JD4T8V6C',
        status: 'partial_failure',
        completed_urls: 23,
        failed_urls: 1,
        total_urls: 24,
        progress_percentage: 100,
      },
    },
    {
      name: 'batch_run.state',
      description: 'How far a batch run has come.',
      schema: {
        type: 'object',
        properties: { type: { const: 'batch_run.state' }, ...RUN },
        required: ['type', ...Object.keys(RUN)],
      },
      sample: {
        type: 'batch_run.state',
        batch_run_id: 'run_01JD4T8V6C',
        status: 'running',
        completed_urls: 9,
        failed_urls: 0,
        total_urls: 24,
        progress_percentage: 37.5,
      },
    },
    {
      name: 'insight.created',
      description: 'The analytics found something that is worth a look.',
      schema: {
        type: 'object',
        properties: {
          type: { const: 'insight.created' },
          insight_id: text,
          kind: text,
          title: text,
          summary: text,
          confidence: share,
          segment: { type: 'object', properties: { visitors: count, share } },
          journey: { type: 'array', items: text },
          evidence: {
            type: 'array',
            items: {
              type: 'object',
              properties: { metric: text, before: { type: 'number' }, after: { type: 'number' } },
              required: ['metric'],
            },
          },
          created_at: { type: 'string', format: 'date-time' },
        },
        required: ['type', 'insight_id', 'kind', 'title', 'created_at'],
      },
      sample: {
        type: 'insight.created',
        insight_id: 'ins_4f8a1d',
        kind: 'journey_drop_off',
        title: 'Visitors leave at the delivery address',
        summary:
          'Since 18 November, one in three visitors from mobile search leaves at the second step of the checkout.',
        confidence: 0.92,
        segment: { visitors: 1_284, share: 0.31 },
        journey: ['/', '/cart', '/checkout/address'],
        evidence: [{ metric: 'step_completion', before: 0.81, after: 0.66 }],
        created_at: '2026-11-20T06:00:00.000Z',
      },
    },
  ],
  facts: {
    source: 'Crawlens documentation of batch runs and insights',
    checkedOn: '2026-11-21',
    unconfirmed: 'The names batch_run.state and insight.created, and the fields of an insight.',
  },
}
