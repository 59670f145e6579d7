import type { Provider } from '#main/engine/catalog/provider.ts'
import { bodyHmac } from './schemes/body-hmac.ts'

const about = {
  happened_at: '2026-11-20T09:12:04.000Z',
  webhook: { id: 'cf8c4fdd-0587-4da1-b4ca-4846e9640af9', name: 'Deploys' },
  organization: { id: 'f22b6566-597d-46d5-ba74-99ef5bb3d85c', name: 'acme' },
  project: { id: '84996744-a854-4f5e-aea3-04e2851dc1d2', name: 'shop', slug: 'github/acme/shop' },
  pipeline: {
    id: '1285fe1d-d3a6-44fc-8886-8979558254c4',
    number: 130,
    created_at: '2026-11-20T09:09:11.000Z',
    trigger: { type: 'webhook' },
    vcs: {
      provider_name: 'github',
      branch: 'main',
      revision: '1dc6aa69429bff4806ad6afe58d3d8f57e25973e',
      commit: { subject: 'Round totals half up', author: { name: 'Ada Marín', email: 'ada@example.com' } },
    },
  },
}

export const circleci: Provider = {
  id: 'circleci',
  name: 'CircleCI',
  signing: bodyHmac({
    header: 'circleci-signature',
    prefix: 'v1=',
    join: ',',
    beside: [['circleci-event-type', '{type}']],
  }),
  recognition: {
    eventType: [{ header: 'circleci-event-type' }, { json: 'type' }],
    messageId: [{ json: 'id' }],
  },
  eventTypes: [
    {
      name: 'workflow-completed',
      description: 'A workflow came to its end.',
      sample: {
        type: 'workflow-completed',
        id: '3888f21b-eaa7-38e3-8f3d-75a63bba8895',
        ...about,
        workflow: {
          id: 'fda08377-fe7e-46b1-8992-3a7aaecac9c3',
          name: 'deploy',
          status: 'success',
          created_at: '2026-11-20T09:09:13.000Z',
          stopped_at: '2026-11-20T09:12:03.000Z',
          url: 'https://app.circleci.com/pipelines/github/acme/shop/130/workflows/fda08377',
        },
      },
    },
    {
      name: 'job-completed',
      description: 'A job came to its end.',
      sample: {
        type: 'job-completed',
        id: '8bd71c28-4969-3677-8940-3e3a61c46f6c',
        ...about,
        workflow: { id: 'fda08377-fe7e-46b1-8992-3a7aaecac9c3', name: 'deploy' },
        job: {
          id: '8b91f9a8-7975-4e60-916c-f0152ccbc937',
          name: 'test',
          number: 136,
          status: 'failed',
          started_at: '2026-11-20T09:09:20.000Z',
          stopped_at: '2026-11-20T09:11:58.000Z',
        },
      },
    },
  ],
  facts: {
    source:
      'https://circleci.com/docs/guides/integration/outbound-webhooks, as hookdeck/webhook-skills quotes it, with its four published vectors',
    checkedOn: '2026-11-25',
  },
}
