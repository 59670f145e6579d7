import type { Provider } from '#main/engine/catalog/provider.ts'
import { bodyHmac } from './schemes/body-hmac.ts'

export const line: Provider = {
  id: 'line',
  name: 'LINE',
  signing: bodyHmac({
    header: 'x-line-signature',
    encoding: 'base64',
    newSecret: { prefix: '', bytes: 16, encoding: 'hex' },
  }),
  recognition: { eventType: [{ json: 'events.0.type' }], messageId: [{ json: 'events.0.webhookEventId' }] },
  eventTypes: [
    {
      name: 'message',
      description: 'Someone wrote to the account.',
      sample: {
        destination: 'U8e742f61d673b39c7fff3cecb7536ef0',
        events: [
          {
            type: 'message',
            mode: 'active',
            webhookEventId: '01FZ74A0TDDPYRVKNK77XKC3ZR',
            deliveryContext: { isRedelivery: false },
            timestamp: 1795165924000,
            replyToken: 'nHuyWiB7yP5Zw52FIkcQobQuGDXCTA',
            source: { type: 'user', userId: 'U4af4980629' },
            message: {
              id: '444573844083572737',
              type: 'text',
              text: '急須はまだありますか',
              quoteToken: 'q3Plxr4AgKd',
            },
          },
        ],
      },
    },
    {
      name: 'follow',
      description: 'Someone added the account.',
      sample: {
        destination: 'U8e742f61d673b39c7fff3cecb7536ef0',
        events: [
          {
            type: 'follow',
            mode: 'active',
            webhookEventId: '01FZ74A0TDDPYRVKNK77XKC3ZS',
            deliveryContext: { isRedelivery: false },
            timestamp: 1795165924000,
            replyToken: '85cbe770fa8b4f45bbe077b1d4be4a36',
            source: { type: 'user', userId: 'U4af4980629' },
            follow: { isUnblocked: false },
          },
        ],
      },
    },
  ],
  facts: {
    source: 'https://developers.line.biz/en/docs/messaging-api/verify-webhook-signature; @line/bot-sdk 7.5.2',
    checkedOn: '2026-11-25',
  },
}
