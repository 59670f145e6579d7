import { expect, it } from 'vitest'
import { ingestSnippet, publicIngestUrl } from '../../src-renderer/features/sources/ingest-snippet.ts'

const ingestUrl = 'http://127.0.0.1:4781/ingest/ing_1'
const addressFor = (publicUrl: string | null) => publicIngestUrl({ slug: 'shop', ingestUrl, publicUrl })

it('CAP-7 has pages send beside the public address, where that is one of this port', () => {
  expect(addressFor('https://tunnel.example/in/shop')).toBe('https://tunnel.example/ingest/ing_1')
  expect(addressFor('https://tunnel.example/hooks/in/shop/')).toBe('https://tunnel.example/hooks/ingest/ing_1')
})

it('CAP-7 has pages send to this machine, where nothing else is known to lead here', () => {
  expect(addressFor(null)).toBe(ingestUrl)
  expect(addressFor('https://hooks.example/stripe')).toBe(ingestUrl)
})

it('CAP-7 writes code that sends an envelope while a page closes', () => {
  const code = ingestSnippet(ingestUrl)
  for (const part of ['id:', 'type:', 'createdAt:', 'data:', 'keepalive: true']) expect(code).toContain(part)
  expect(code.split(`'${ingestUrl}'`)).toHaveLength(3)
})
