import { expect, it } from 'vitest'
import {
  countSecrets,
  hideHeaders,
  hidePath,
  hideQuery,
  hideUrl,
  isSecretHeader,
} from '#shared/model/exchange/secret-parts.ts'

it.for([
  'Authorization',
  'proxy-authorization',
  'Cookie',
  'Set-Cookie',
  'X-Api-Key',
  'apikey',
  'X-Gitlab-Token',
  'X-Telegram-Bot-Api-Secret-Token',
  'X-Shopify-Access-Token',
  'X-Auth-Token',
  'X-Amz-Security-Token',
  'x-session',
])('SE27 the value of %s lets somebody in', (name) => {
  expect(isSecretHeader(name)).toBe(true)
})

it.for([
  'Content-Type',
  'X-Hub-Signature-256',
  'X-Shopify-Hmac-SHA256',
  'webhook-id',
  'Webhook-Signature',
  'X-Author',
  'X-Tokenizer',
  'Authority',
  'Digest',
])('SE27 the value of %s proves or says something, and lets nobody in', (name) => {
  expect(isSecretHeader(name)).toBe(false)
})

it('SE27 what is hidden keeps its scheme, and the name that it has', () => {
  expect(
    hideHeaders([
      ['Authorization', 'Bearer abc.def'],
      ['authorization', 'Basic dXNlcjpwYXNz'],
      ['X-Api-Key', 'k'],
      ['Cookie', ''],
      ['Accept', '*/*'],
    ]),
  ).toEqual([
    ['Authorization', 'Bearer <secret>'],
    ['authorization', 'Basic <secret>'],
    ['X-Api-Key', '<secret>'],
    ['Cookie', ''],
    ['Accept', '*/*'],
  ])
  expect(hideQuery('a=1&token=x&api%5Fkey=y&sig=z&key=&secret&page=2')).toBe(
    'a=1&token=<secret>&api%5Fkey=<secret>&sig=<secret>&key=&secret&page=2',
  )
  expect(hidePath('/in/shop-0123456789abcdef0123456789abcdef/a')).toBe('/in/shop-<secret>/a')
  expect(hideUrl('https://user:pass@x.example/in/a?token=1#f')).toBe('https://<secret>@x.example/in/a?token=<secret>#f')
  const headers: [string, string][] = [['Authorization', 'Bearer abc']]
  expect(countSecrets({ headers, query: 'token=1&a=2' })).toBe(2)
  expect(countSecrets({ headers: [...hideHeaders(headers)], query: hideQuery('token=1') })).toBe(0)
})
