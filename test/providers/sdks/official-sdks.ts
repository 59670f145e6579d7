import { Signature as HubSpotSignature } from '@hubspot/api-client'
import HmacValidator from '@adyen/api-library/lib/src/utils/hmacValidator.js'
import { validateSignature as isLineSignature } from '@line/bot-sdk'
import { LinearWebhookClient } from '@linear/sdk/webhooks'
import Mux from '@mux/mux-node'
import { verify as verifyGitHub } from '@octokit/webhooks-methods'
import { Paddle } from '@paddle/paddle-node-sdk'
import { isValidSignature as isSanitySignature } from '@sanity/webhook'
import { EventWebhook } from '@sendgrid/eventwebhook'
import { WorkOS } from '@workos-inc/node'
import { verifyKey as isDiscordSignature } from 'discord-interactions'
import { verifySignature as isGoCardlessSignature } from 'gocardless-nodejs/webhooks'
import { verifyWebhookSignature as verifyHook0 } from 'hook0-client'
import OpenAI from 'openai'
import Pusher from 'pusher'
import Razorpay from 'razorpay'
import { validateWebhook as isReplicateWebhook } from 'replicate'
import { Resend } from 'resend'
import { WebhooksHelper as Square } from 'square'
import { Webhook as StandardWebhook } from 'standardwebhooks'
import Stripe from 'stripe'
import { Webhook as SvixWebhook } from 'svix'
import Telnyx from 'telnyx'
import twilio from 'twilio'
import { type Arrived, header, type OfficialSdk } from './arrived.ts'

const mux = new Mux({ tokenId: 'id', tokenSecret: 'secret' })
const adyen = new HmacValidator()
const openai = new OpenAI({ apiKey: 'sk-test' })
/** Its receivers choose; this is what our provider says. */
const HOOK0_TOLERANCE_SECONDS = 300
const TELNYX_TOLERANCE_SECONDS = 300
const ED25519_BYTES = 64
const stripe = new Stripe('sk_test_1')
const sendgrid = new EventWebhook()

export const OFFICIAL_SDKS: readonly OfficialSdk[] = [
  {
    provider: 'standard-webhooks',
    accepts: (it) => truthy(new StandardWebhook(it.secret).verify(it.text, it.headers)),
  },
  {
    provider: 'svix',
    accepts: (it) => {
      new SvixWebhook(it.secret).verify(it.text, it.headers)
      return true
    },
  },
  { provider: 'github', accepts: (it) => verifyGitHub(it.secret, it.text, header(it, 'x-hub-signature-256')) },
  {
    provider: 'stripe',
    accepts: (it) => stripe.webhooks.signature?.verifyHeader(it.text, header(it, 'stripe-signature'), it.secret, 300),
  },
  {
    provider: 'twilio',
    accepts: (it) => twilio.validateRequest(it.secret, header(it, 'x-twilio-signature'), it.url, formOf(it.text)),
  },
  {
    provider: 'square',
    accepts: (it) =>
      Square.isValidWebhookEventSignature(it.text, header(it, 'x-square-hmacsha256-signature'), it.secret, it.url),
  },
  {
    provider: 'paddle',
    accepts: (it) => new Paddle('key').webhooks.isSignatureValid(it.text, it.secret, header(it, 'paddle-signature')),
  },
  {
    provider: 'hubspot',
    accepts: (it) =>
      HubSpotSignature.isValid({
        signatureVersion: 'v3',
        method: 'POST',
        clientSecret: it.secret,
        requestBody: it.text,
        url: it.url,
        signature: header(it, 'x-hubspot-signature-v3'),
        timestamp: Number(header(it, 'x-hubspot-request-timestamp')),
      }),
  },
  {
    provider: 'discord',
    accepts: (it) =>
      isDiscordSignature(it.text, header(it, 'x-signature-ed25519'), header(it, 'x-signature-timestamp'), it.secret),
    takesBytes: (body, it) =>
      isDiscordSignature(body, header(it, 'x-signature-ed25519'), header(it, 'x-signature-timestamp'), it.secret),
  },
  {
    provider: 'linear',
    accepts: (it) => new LinearWebhookClient(it.secret).verify(Buffer.from(it.text), header(it, 'linear-signature')),
  },
  {
    provider: 'sendgrid',
    cases: 60,
    accepts: (it) =>
      sendgrid.verifySignature(
        sendgrid.convertPublicKeyToECDSA(it.secret),
        it.text,
        header(it, 'x-twilio-email-event-webhook-signature'),
        header(it, 'x-twilio-email-event-webhook-timestamp'),
      ),
  },
  {
    provider: 'workos',
    accepts: (it) =>
      new WorkOS('sk_test_1').webhooks.verifyHeader({
        payload: it.text,
        sigHeader: header(it, 'workos-signature'),
        secret: it.secret,
      }),
  },
  {
    provider: 'telnyx',
    accepts: (it) => {
      const signature = header(it, 'telnyx-signature-ed25519')
      // Its verifier prints an error of its own to the console where the signature is absent or cut.
      if (bytes(signature).length !== ED25519_BYTES) return false
      const timestamp = header(it, 'telnyx-timestamp')
      return new Telnyx('key').webhooks.signature.verifySignature(
        it.text,
        bytes(signature),
        timestamp,
        bytes(it.secret),
        TELNYX_TOLERANCE_SECONDS,
      )
    },
  },
  {
    provider: 'line',
    accepts: (it) => isLineSignature(it.text, it.secret, header(it, 'x-line-signature')),
    takesBytes: (body, it) => isLineSignature(Buffer.from(body), it.secret, header(it, 'x-line-signature')),
  },
  {
    provider: 'gocardless',
    accepts: (it) => {
      isGoCardlessSignature(it.text, it.secret, header(it, 'webhook-signature'))
      return true
    },
  },
  {
    provider: 'sanity',
    accepts: (it) => isSanitySignature(it.text, header(it, 'sanity-webhook-signature'), it.secret),
  },
  {
    provider: 'mux',
    accepts: async (it) => {
      await mux.webhooks.verifySignature(it.text, it.headers, it.secret)
      return true
    },
  },
  {
    provider: 'razorpay',
    accepts: (it) => Razorpay.validateWebhookSignature(it.text, header(it, 'x-razorpay-signature'), it.secret),
  },
  {
    provider: 'pusher',
    accepts: (it) =>
      new Pusher({ appId: '1', key: 'key', secret: it.secret, cluster: 'eu' })
        .webhook({
          headers: { ...it.headers, 'x-pusher-key': 'key', 'content-type': 'application/json' },
          rawBody: it.text,
        })
        .isValid(),
  },
  {
    provider: 'openai',
    accepts: async (it) => {
      await openai.webhooks.verifySignature(it.text, it.headers, it.secret)
      return true
    },
  },
  {
    provider: 'resend',
    accepts: (it) =>
      truthy(
        new Resend('re_1').webhooks.verify({
          payload: it.text,
          headers: {
            id: header(it, 'svix-id'),
            timestamp: header(it, 'svix-timestamp'),
            signature: header(it, 'svix-signature'),
          },
          webhookSecret: it.secret,
        }),
      ),
  },
  {
    provider: 'replicate',
    accepts: (it) =>
      isReplicateWebhook(new Request(it.url, { method: 'POST', headers: it.headers, body: it.text }), it.secret),
    differs: { says: 'judges no time', about: ({ theirs, skewMs }) => theirs && skewMs !== 0 },
  },
  {
    provider: 'hook0',
    accepts: (it) => isHook0Request(Buffer.from(it.text), it),
    takesBytes: (body, it) => isHook0Request(Buffer.from(body), it),
  },
  {
    provider: 'adyen',
    accepts: (it) => adyen.validateHMAC(JSON.parse(it.text).notificationItems[0].NotificationRequestItem, it.secret),
  },
]

function isHook0Request(body: Buffer, it: Arrived): boolean {
  const signature = header(it, 'x-hook0-signature')
  return verifyHook0(signature, body, new Headers(it.headers), it.secret, HOOK0_TOLERANCE_SECONDS) === true
}

const bytes = (base64: string) => Uint8Array.from(Buffer.from(base64, 'base64'))
const truthy = (value: unknown) => value !== undefined && value !== false

/** A form as a web framework would hand it over. */
function formOf(text: string): Record<string, string | string[]> {
  const pairs = Map.groupBy(new URLSearchParams(text), ([name]) => name)
  return Object.fromEntries(
    [...pairs].map(([name, entries]) => {
      const values = entries.map(([, value]) => value)
      return [name, values.length === 1 ? values[0]! : values]
    }),
  )
}
