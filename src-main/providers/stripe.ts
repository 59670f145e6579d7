import type { Provider } from '#main/engine/catalog/provider.ts'
import { stampedHmac } from './schemes/stamped-hmac.ts'

export const stripe: Provider = {
  id: 'stripe',
  name: 'Stripe',
  signing: stampedHmac({
    header: 'Stripe-Signature',
    newSecret: { prefix: 'whsec_', bytes: 24, encoding: 'hex' },
    pastMs: 300_000,
  }),
  recognition: { eventType: [{ json: 'type' }], messageId: [{ json: 'id' }] },
  policy: 'stripe',
  eventTypes: [
    {
      name: 'payment_intent.succeeded',
      description: 'A payment went through.',
      sample: {
        id: 'evt_1PQx2sLkdIwHu7ix9t4KbE2f',
        object: 'event',
        api_version: '2026-10-28',
        created: 1795165924,
        livemode: false,
        pending_webhooks: 1,
        request: { id: 'req_8eXtUYRzuJ4Xkq', idempotency_key: null },
        type: 'payment_intent.succeeded',
        data: {
          object: {
            id: 'pi_3PQx2sLkdIwHu7ix0lT5gHdq',
            object: 'payment_intent',
            amount: 4900,
            amount_received: 4900,
            currency: 'eur',
            status: 'succeeded',
            customer: 'cus_Qz81Tq',
          },
        },
      },
    },
    {
      name: 'checkout.session.completed',
      description: 'A customer finished a checkout.',
      sample: {
        id: 'evt_1PQx2sLkdIwHu7ix9t4KbE2f',
        object: 'event',
        api_version: '2026-10-28',
        created: 1795165924,
        livemode: false,
        pending_webhooks: 1,
        request: { id: 'req_8eXtUYRzuJ4Xkq', idempotency_key: null },
        type: 'checkout.session.completed',
        data: {
          object: {
            id: 'cs_test_a1b2c3',
            object: 'checkout.session',
            amount_total: 4900,
            currency: 'eur',
            payment_status: 'paid',
            status: 'complete',
            customer_details: { email: 'ada@example.com', name: 'Ada Marín' },
          },
        },
      },
    },
    {
      name: 'invoice.payment_failed',
      description: 'An invoice could not be charged.',
      sample: {
        id: 'evt_1PQx2sLkdIwHu7ix9t4KbE2f',
        object: 'event',
        api_version: '2026-10-28',
        created: 1795165924,
        livemode: false,
        pending_webhooks: 1,
        request: { id: 'req_8eXtUYRzuJ4Xkq', idempotency_key: null },
        type: 'invoice.payment_failed',
        data: {
          object: {
            id: 'in_1PQx2sLkdIwHu7ix',
            object: 'invoice',
            amount_due: 4900,
            attempt_count: 1,
            currency: 'eur',
            status: 'open',
            customer: 'cus_Qz81Tq',
          },
        },
      },
    },
    {
      name: 'customer.subscription.deleted',
      description: 'A subscription ended.',
      sample: {
        id: 'evt_1PQx2sLkdIwHu7ix9t4KbE2f',
        object: 'event',
        api_version: '2026-10-28',
        created: 1795165924,
        livemode: false,
        pending_webhooks: 1,
        request: { id: 'req_8eXtUYRzuJ4Xkq', idempotency_key: null },
        type: 'customer.subscription.deleted',
        data: {
          object: {
            id: 'sub_1PQx2s',
            object: 'subscription',
            status: 'canceled',
            customer: 'cus_Qz81Tq',
            canceled_at: 1795165924,
          },
        },
      },
    },
  ],
  facts: { source: 'https://docs.stripe.com/webhooks; stripe 16.12.0', checkedOn: '2026-11-25' },
}
