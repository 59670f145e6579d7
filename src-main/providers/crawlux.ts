import type { CatalogEventType, Provider } from '#main/engine/catalog/provider.ts'
import { bodyHmac } from './schemes/body-hmac.ts'

const text = { type: 'string' }
const instant = { type: 'string', format: 'date-time' }
const count = { type: 'integer', minimum: 0 }
const score = { type: 'integer', minimum: 0, maximum: 100 }

/** What every event of an audit has. */
const audit = { event: text, audit_id: { type: 'string', pattern: '^aud_' }, version: { const: 'v3' }, domain: text }
const required = ['event', 'audit_id', 'version', 'domain', 'status']

const error = {
  type: 'object',
  properties: {
    code: {
      type: 'string',
      description: 'Such as `domain_unreachable`, `robots_disallowed` or `rate_limited`.',
    },
    message: text,
  },
  required: ['code', 'message'],
}

const completed: CatalogEventType = {
  name: 'audit.completed',
  description: 'An audit ran to its end; its scores and report are ready.',
  schema: {
    type: 'object',
    properties: {
      ...audit,
      status: { const: 'completed' },
      started_at: instant,
      completed_at: instant,
      pages_crawled: count,
      score,
      scores: { type: 'object', additionalProperties: score },
      issues: { type: 'object', properties: { critical: count, warning: count, notice: count } },
      report_url: { type: 'string', format: 'uri' },
    },
    required: [...required, 'completed_at'],
  },
  sample: {
    event: 'audit.completed',
    audit_id: 'aud_8f2b1c94d7e6',
    version: 'v3',
    domain: 'shop.example.com',
    status: 'completed',
    started_at: '2026-11-20T09:12:04.000Z',
    completed_at: '2026-11-20T09:19:47.000Z',
    pages_crawled: 248,
    score: 87,
    scores: { technical: 91, content: 84, performance: 79, accessibility: 93 },
    issues: { critical: 2, warning: 17, notice: 41 },
    report_url: 'https://app.crawlux.example/audits/aud_8f2b1c94d7e6',
  },
}

const failed: CatalogEventType = {
  name: 'audit.failed',
  description: 'An audit could not finish: the domain was unreachable, robots.txt forbids it, or a rate limit was hit.',
  schema: {
    type: 'object',
    properties: {
      ...audit,
      status: { const: 'failed' },
      started_at: instant,
      failed_at: instant,
      error,
      retries: { type: 'integer', minimum: 0, maximum: 3 },
    },
    required: [...required, 'error'],
  },
  sample: {
    event: 'audit.failed',
    audit_id: 'aud_51d0a7be3c28',
    version: 'v3',
    domain: 'intranet.example.com',
    status: 'failed',
    started_at: '2026-11-20T10:02:31.000Z',
    failed_at: '2026-11-20T10:02:58.000Z',
    error: { code: 'robots_disallowed', message: 'robots.txt of intranet.example.com disallows the crawler.' },
    retries: 3,
  },
}

const retried: CatalogEventType = {
  name: 'audit.retried',
  description: 'An audit failed and starts again, up to three times with growing gaps before it is given up.',
  schema: {
    type: 'object',
    properties: {
      ...audit,
      status: { const: 'retrying' },
      attempt: { type: 'integer', minimum: 1, maximum: 3 },
      max_attempts: { const: 3 },
      next_attempt_at: instant,
      error,
    },
    required: [...required, 'attempt', 'error'],
  },
  sample: {
    event: 'audit.retried',
    audit_id: 'aud_c3e97f10ab64',
    version: 'v3',
    domain: 'blog.example.com',
    status: 'retrying',
    attempt: 2,
    max_attempts: 3,
    next_attempt_at: '2026-11-20T11:35:00.000Z',
    error: { code: 'domain_unreachable', message: 'blog.example.com did not answer within 30 seconds.' },
  },
}

export const crawlux: Provider = {
  id: 'crawlux',
  name: 'Crawlux',
  signing: bodyHmac({
    header: 'X-Crawlux-Signature',
    prefix: 'sha256=',
    beside: [
      ['X-Crawlux-Event', '{type}'],
      ['X-Crawlux-Audit-Id', '{body.audit_id}'],
      ['X-Crawlux-Delivery', 'del_{delivery}'],
      ['X-Crawlux-Timestamp', '{timestamp}'],
    ],
    newSecret: { prefix: 'crx_', bytes: 32, encoding: 'hex' },
  }),
  recognition: {
    eventType: [{ header: 'X-Crawlux-Event' }, { json: 'event' }],
    messageId: [{ header: 'X-Crawlux-Delivery' }],
  },
  policy: 'crawlux',
  resend: 'Retry the failed deliveries by hand on the webhook’s page, within 7 days of the event.',
  eventTypes: [completed, failed, retried],
  facts: { source: 'Crawlux webhook documentation', checkedOn: '2026-11-21' },
}
