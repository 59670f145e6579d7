import type { Provider } from '#main/engine/catalog/provider.ts'
import { stampedHmac } from './schemes/stamped-hmac.ts'

export const mux: Provider = {
  id: 'mux',
  name: 'Mux',
  signing: stampedHmac({
    header: 'mux-signature',
    newSecret: { prefix: '', bytes: 20, encoding: 'hex' },
    pastMs: 300_000,
  }),
  recognition: { eventType: [{ json: 'type' }], messageId: [{ json: 'id' }] },
  eventTypes: [
    {
      name: 'video.asset.ready',
      description: 'An asset can be played.',
      sample: {
        type: 'video.asset.ready',
        id: '5c45d1c8-9e17-4d1c-9e0c-1c9a7b6c3b0f',
        created_at: '2026-11-20T09:12:04.000000Z',
        object: { type: 'asset', id: '0201p02fGKPE7MrbC269XRD7LpcHhrmbu0002' },
        environment: { name: 'Production', id: 'j0863n' },
        data: {
          status: 'ready',
          id: '0201p02fGKPE7MrbC269XRD7LpcHhrmbu0002',
          duration: 23.8,
          playback_ids: [{ policy: 'public', id: 'a1B2c3' }],
        },
      },
    },
    {
      name: 'video.upload.errored',
      description: 'An upload failed.',
      sample: {
        type: 'video.upload.errored',
        id: '5c45d1c8-9e17-4d1c-9e0c-1c9a7b6c3b10',
        created_at: '2026-11-20T09:12:04.000000Z',
        object: { type: 'upload', id: 'OA02dANZ' },
        data: { status: 'errored', id: 'OA02dANZ' },
      },
    },
  ],
  facts: {
    source: 'https://www.mux.com/docs/core/verify-webhook-signatures; @mux/mux-node 15.3.0',
    checkedOn: '2026-11-25',
  },
}
