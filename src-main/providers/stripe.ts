import type { Provider } from '#main/engine/catalog/provider.ts'
import { stampedHmac } from './schemes/stamped-hmac.ts'

function sample(type: string, object: object, previous?: object) {
  return {
    id: 'evt_1PQx2sLkdIwHu7ix9t4KbE2f',
    object: 'event',
    api_version: '2026-10-28',
    created: 1795165924,
    livemode: false,
    pending_webhooks: 1,
    request: { id: 'req_8eXtUYRzuJ4Xkq', idempotency_key: null },
    type,
    data: { object, ...(previous && { previous_attributes: previous }) },
  }
}

const subscription = {
  id: 'sub_1PQx2s',
  object: 'subscription',
  customer: 'cus_Qz81Tq',
  currency: 'eur',
  items: { object: 'list', data: [{ id: 'si_QzTq1', price: { id: 'price_1PQx2s', unit_amount: 4900 }, quantity: 1 }] },
}
const invoice = {
  id: 'in_1PQx2s',
  object: 'invoice',
  currency: 'eur',
  customer: 'cus_Qz81Tq',
  subscription: 'sub_1PQx2s',
}

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
  resend:
    'Workbench → Webhooks → this destination → the event → Resend, or `stripe events resend evt_… --webhook-endpoint=we_…`.',
  eventTypes: [
    {
      name: 'payment_intent.succeeded',
      description: 'A payment went through.',
      sample: sample('payment_intent.succeeded', {
        id: 'pi_3PQx2sLkdIwHu7ix0lT5gHdq',
        object: 'payment_intent',
        amount: 4900,
        amount_received: 4900,
        currency: 'eur',
        status: 'succeeded',
        customer: 'cus_Qz81Tq',
      }),
    },
    {
      name: 'payment_intent.payment_failed',
      description: 'A payment did not go through.',
      sample: sample('payment_intent.payment_failed', {
        id: 'pi_3PQx2sLkdIwHu7ix0lT5gHdr',
        object: 'payment_intent',
        amount: 4900,
        amount_received: 0,
        currency: 'eur',
        status: 'requires_payment_method',
        customer: 'cus_Qz81Tq',
        last_payment_error: { type: 'card_error', code: 'card_declined', message: 'Your card was declined.' },
      }),
    },
    {
      name: 'checkout.session.completed',
      description: 'A customer finished a checkout.',
      sample: sample('checkout.session.completed', {
        id: 'cs_test_a1b2c3',
        object: 'checkout.session',
        amount_total: 4900,
        currency: 'eur',
        mode: 'payment',
        payment_status: 'paid',
        status: 'complete',
        customer_details: { email: 'ada@example.com', name: 'Ada Marín' },
      }),
    },
    {
      name: 'charge.refunded',
      description: 'A charge was paid back, whole or in part.',
      sample: sample('charge.refunded', {
        id: 'ch_3PQx2sLkdIwHu7ix0lT5gHdq',
        object: 'charge',
        amount: 4900,
        amount_refunded: 4900,
        currency: 'eur',
        refunded: true,
        payment_intent: 'pi_3PQx2sLkdIwHu7ix0lT5gHdq',
      }),
    },
    {
      name: 'charge.dispute.created',
      description: 'A customer disputes a charge with the bank.',
      sample: sample('charge.dispute.created', {
        id: 'dp_1PQx2s',
        object: 'dispute',
        amount: 4900,
        currency: 'eur',
        charge: 'ch_3PQx2sLkdIwHu7ix0lT5gHdq',
        reason: 'product_not_received',
        status: 'needs_response',
      }),
    },
    {
      name: 'invoice.paid',
      description: 'An invoice was paid.',
      sample: sample('invoice.paid', { ...invoice, amount_paid: 4900, attempt_count: 1, status: 'paid' }),
    },
    {
      name: 'invoice.payment_failed',
      description: 'An invoice could not be charged.',
      sample: sample('invoice.payment_failed', { ...invoice, amount_due: 4900, attempt_count: 1, status: 'open' }),
    },
    {
      name: 'customer.subscription.created',
      description: 'A subscription began.',
      sample: sample('customer.subscription.created', { ...subscription, status: 'active' }),
    },
    {
      name: 'customer.subscription.updated',
      description: 'A subscription changed, such as its plan or its status.',
      sample: sample('customer.subscription.updated', { ...subscription, status: 'past_due' }, { status: 'active' }),
    },
    {
      name: 'customer.subscription.deleted',
      description: 'A subscription ended.',
      sample: sample('customer.subscription.deleted', {
        ...subscription,
        status: 'canceled',
        canceled_at: 1795165924,
      }),
    },
  ],
  facts: { source: 'https://docs.stripe.com/webhooks; stripe 16.12.0', checkedOn: '2026-11-25' },
}
