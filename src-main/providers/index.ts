import type { Provider } from '#main/engine/catalog/provider.ts'
import { adyen } from './adyen.ts'
import { apifycloud } from './apifycloud.ts'
import { asana } from './asana.ts'
import { bitbucket } from './bitbucket.ts'
import { box } from './box.ts'
import { buildkite } from './buildkite.ts'
import { calendly } from './calendly.ts'
import { circleci } from './circleci.ts'
import { clerk } from './clerk.ts'
import { cloudevents } from './cloudevents.ts'
import { coinbaseCommerce } from './coinbase-commerce.ts'
import { convoy } from './convoy.ts'
import { crawlens } from './crawlens.ts'
import { crawlux } from './crawlux.ts'
import { cursor } from './cursor.ts'
import { discord } from './discord.ts'
import { docusign } from './docusign.ts'
import { dropbox } from './dropbox.ts'
import { elevenlabs } from './elevenlabs.ts'
import { github } from './github.ts'
import { gitlab } from './gitlab.ts'
import { gocardless } from './gocardless.ts'
import { heroku } from './heroku.ts'
import { hook0 } from './hook0.ts'
import { hookdeck } from './hookdeck.ts'
import { hubspot } from './hubspot.ts'
import { intercom } from './intercom.ts'
import { launchdarkly } from './launchdarkly.ts'
import { line } from './line.ts'
import { linear } from './linear.ts'
import { lumar } from './lumar.ts'
import { mailgun } from './mailgun.ts'
import { meta } from './meta.ts'
import { microsoftGraph } from './microsoft-graph.ts'
import { mollie } from './mollie.ts'
import { mux } from './mux.ts'
import { okta } from './okta.ts'
import { openai } from './openai.ts'
import { outpost } from './outpost.ts'
import { paddle } from './paddle.ts'
import { pagerduty } from './pagerduty.ts'
import { paypal } from './paypal.ts'
import { plivo } from './plivo.ts'
import { polar } from './polar.ts'
import { pusher } from './pusher.ts'
import { razorpay } from './razorpay.ts'
import { replicate } from './replicate.ts'
import { resend } from './resend.ts'
import { sanity } from './sanity.ts'
import { sendgrid } from './sendgrid.ts'
import { sentry } from './sentry.ts'
import { shopify } from './shopify.ts'
import { slack } from './slack.ts'
import { square } from './square.ts'
import { standardWebhooks } from './standard-webhooks.ts'
import { standardWebhooksV1a } from './standard-webhooks-v1a.ts'
import { stripe } from './stripe.ts'
import { svix } from './svix.ts'
import { telnyx } from './telnyx.ts'
import { twilio } from './twilio.ts'
import { typeform } from './typeform.ts'
import { vercel } from './vercel.ts'
import { webflow } from './webflow.ts'
import { woocommerce } from './woocommerce.ts'
import { workos } from './workos.ts'
import { x } from './x.ts'
import { xero } from './xero.ts'
import { zendesk } from './zendesk.ts'
import { zoom } from './zoom.ts'

/** Every sender that ships; the default for new endpoints first. Adding one is adding a file and a line here. */
export const providers: readonly Provider[] = [
  standardWebhooks,
  standardWebhooksV1a,
  crawlux,
  crawlens,
  apifycloud,
  lumar,
  adyen,
  asana,
  bitbucket,
  box,
  buildkite,
  calendly,
  circleci,
  clerk,
  cloudevents,
  coinbaseCommerce,
  convoy,
  cursor,
  discord,
  docusign,
  dropbox,
  elevenlabs,
  github,
  gitlab,
  gocardless,
  heroku,
  hook0,
  hookdeck,
  hubspot,
  intercom,
  launchdarkly,
  line,
  linear,
  mailgun,
  meta,
  microsoftGraph,
  mollie,
  mux,
  okta,
  openai,
  outpost,
  paddle,
  pagerduty,
  paypal,
  plivo,
  polar,
  pusher,
  razorpay,
  replicate,
  resend,
  sanity,
  sendgrid,
  sentry,
  shopify,
  slack,
  square,
  stripe,
  svix,
  telnyx,
  twilio,
  typeform,
  vercel,
  webflow,
  woocommerce,
  workos,
  x,
  xero,
  zendesk,
  zoom,
]
