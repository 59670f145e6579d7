import type { Provider } from '#main/engine/catalog/provider.ts'
import { stampedHmac } from './schemes/stamped-hmac.ts'

const build = {
  id: 'f62a1b4d-10f9-4790-bc1c-e2c3a0c80983',
  url: 'https://api.buildkite.com/v2/organizations/acme/pipelines/shop/builds/27',
  web_url: 'https://buildkite.com/acme/shop/builds/27',
  number: 27,
  message: 'Round totals half up',
  commit: '1dc6aa69429bff4806ad6afe58d3d8f57e25973e',
  branch: 'main',
  source: 'webhook',
  created_at: '2026-11-20 09:09:11 UTC',
}
const pipeline = { id: '849411f9-9e6d-4739-a0d8-e247088e9b52', name: 'Shop', slug: 'shop' }
const sender = { id: '3d3c3bf0-7d58-4afe-8fe7-b3017d5504de', name: 'Ada Marín' }

export const buildkite: Provider = {
  id: 'buildkite',
  name: 'Buildkite',
  signing: stampedHmac({
    header: 'X-Buildkite-Signature',
    stamp: 'timestamp',
    version: 'signature',
    beside: [['X-Buildkite-Event', '{type}']],
    newSecret: { prefix: '', bytes: 16, encoding: 'hex' },
  }),
  recognition: { eventType: [{ header: 'X-Buildkite-Event' }, { json: 'event' }], messageId: [] },
  eventTypes: [
    {
      name: 'build.finished',
      description: 'A build came to its end.',
      sample: {
        event: 'build.finished',
        build: { ...build, state: 'passed', finished_at: '2026-11-20 09:12:03 UTC' },
        pipeline,
        sender,
      },
    },
    {
      name: 'job.finished',
      description: 'A step of a build came to its end.',
      sample: {
        event: 'job.finished',
        job: {
          id: 'b63254c0-3271-4a98-8270-7cfbd6c2f14e',
          type: 'script',
          name: 'Test',
          command: 'npm test',
          state: 'failed',
          exit_status: 1,
        },
        build: { ...build, state: 'failing' },
        pipeline,
        sender,
      },
    },
    {
      name: 'ping',
      description: 'A test of the address.',
      sample: {
        event: 'ping',
        service: { id: '49801950-1df0-474f-bb56-ad6a930c5cb9', provider: 'webhook' },
        organization: { id: 'c9b32d2a-9c5a-4b0f-8a3e-0e6f5d4c3b2a', name: 'Acme', slug: 'acme' },
        sender,
      },
    },
  ],
  facts: {
    source: 'https://buildkite.com/docs/apis/webhooks (their text in buildkite/docs)',
    checkedOn: '2026-11-25',
    unconfirmed: 'A tolerance for the time: receivers choose one.',
  },
}
