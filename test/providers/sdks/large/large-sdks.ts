import { type Arrived, header, type OfficialSdk } from '../arrived.ts'

/** An official SDK that is too large to be installed with the rest (see docs/decisions/0015-proof-by-official-sdks.md). */
export interface LargeSdk extends Pick<OfficialSdk, 'provider' | 'differs'> {
  /** With its exact version. */
  package: string
  /** What is imported; the package itself where nothing is said. */
  entries?: readonly string[]
  /** Takes the imported modules; throws or answers false for a request that it refuses. */
  // oxlint-disable-next-line typescript/no-explicit-any -- they are not installed here, so nothing knows their types
  accepts(modules: any[], request: Arrived): unknown
}

const isAccepted = (error: unknown, otherwise: string) => {
  if (error instanceof Error && error.name === otherwise) return true
  throw error
}

/** We judge a signature without the headers that only describe it. */
const OTHER_HEADERS: LargeSdk['differs'] = {
  says: 'wants the headers beside the signature too',
  about: ({ ours, change }) => ours && change === 'one header fewer',
}

export const LARGE_SDKS: readonly LargeSdk[] = [
  {
    provider: 'slack',
    package: '@slack/bolt@5.1.0',
    accepts: ([bolt], it) => {
      const timestamp = header(it, 'x-slack-request-timestamp')
      const headers = { 'x-slack-signature': header(it, 'x-slack-signature'), 'x-slack-request-timestamp': timestamp }
      bolt.verifySlackRequest({ signingSecret: it.secret, body: it.text, headers })
      return true
    },
    differs: { says: 'judges no time ahead of the clock', about: ({ theirs, skewMs }) => theirs && skewMs > 0 },
  },
  {
    provider: 'shopify',
    package: '@shopify/shopify-api@13.1.0',
    entries: ['@shopify/shopify-api', '@shopify/shopify-api/adapters/node'],
    accepts: async ([{ shopifyApi }], it) => {
      const shopify = shopifyApi({
        apiKey: 'key',
        apiSecretKey: it.secret,
        apiVersion: '2026-04',
        hostName: 'app.example.com',
        isEmbeddedApp: false,
        logger: { level: -1, log: () => {} },
      })
      const rawRequest = { method: 'POST', url: it.url, headers: it.headers }
      return (await shopify.webhooks.validate({ rawBody: it.text, rawRequest, rawResponse: {} })).valid
    },
    differs: OTHER_HEADERS,
  },
  {
    provider: 'box',
    package: 'box-node-sdk@10.12.0',
    entries: ['box-node-sdk/lib/managers/webhooks'],
    accepts: ([{ WebhooksManager }], it) => WebhooksManager.validateMessage(it.text, it.headers, it.secret),
    differs: OTHER_HEADERS,
  },
  {
    provider: 'elevenlabs',
    package: '@elevenlabs/elevenlabs-js@2.73.0',
    accepts: async ([{ ElevenLabsClient }], it) => {
      const { webhooks } = new ElevenLabsClient({ apiKey: 'key' })
      await webhooks.constructEvent(it.text, header(it, 'elevenlabs-signature'), it.secret)
      return true
    },
  },
  {
    provider: 'webflow',
    package: 'webflow-api@3.3.4',
    accepts: ([{ WebflowClient }], it) =>
      new WebflowClient({ accessToken: 'key' }).webhooks.verifySignature({
        headers: it.headers,
        body: it.text,
        secret: it.secret,
      }),
    differs: { says: 'judges no time', about: ({ theirs, skewMs }) => theirs && skewMs !== 0 },
  },
  {
    provider: 'plivo',
    package: 'plivo@4.79.0',
    accepts: ([{ validateV3Signature }], it) =>
      validateV3Signature(
        'POST',
        it.url,
        header(it, 'x-plivo-signature-v3-nonce'),
        it.secret,
        header(it, 'x-plivo-signature-v3'),
        formOf(it.text),
      ),
  },
  {
    provider: 'polar',
    package: '@polar-sh/sdk@1.0.1',
    entries: ['@polar-sh/sdk/2026-10'],
    accepts: async ([{ webhooks }], it) => {
      try {
        return await webhooks.validateEvent(it.text, it.headers, it.secret)
      } catch (error) {
        // The samples here are of no type that Polar sends; that is looked at after the signature.
        return isAccepted(error, 'PolarWebhookUnknownTypeError')
      }
    },
  },
  {
    provider: 'clerk',
    package: '@clerk/backend@3.25.0',
    entries: ['@clerk/backend/webhooks'],
    accepts: ([{ verifyWebhook }], it) =>
      verifyWebhook(new Request(it.url, { method: 'POST', headers: it.headers, body: it.text }), {
        signingSecret: it.secret,
      }),
  },
  {
    provider: 'coinbase-commerce',
    package: 'coinbase-commerce-node@1.0.4',
    accepts: ([{ Webhook }], it) => Webhook.verifySigHeader(it.text, header(it, 'x-cc-webhook-signature'), it.secret),
  },
]

/** A form as a web framework hands it over. */
function formOf(text: string): Record<string, string | string[]> {
  const pairs = Map.groupBy(new URLSearchParams(text), ([name]) => name)
  const fields = [...pairs].map(([name, entries]) => [name, entries.map(([, value]) => value)] as const)
  return Object.fromEntries(fields.map(([name, values]) => [name, values.length === 1 ? values[0]! : values]))
}
