import { describe, expect, it } from 'vitest'
import type { FindingCode } from '#shared/model/diagnosis.ts'
import type { HeaderList } from '#shared/model/header.ts'
import type { DoctorCase } from '#main/engine/signing/doctor/subject.ts'
import { codes, diagnosed, sent } from './planted.ts'

interface Planted {
  what: string
  id: string
  signed: string
  judged: string
  code: FindingCode
  headers?: HeaderList
  hints?: Partial<DoctorCase>
}

const PLANTED: readonly Planted[] = [
  {
    what: 'with its default port',
    id: 'square',
    signed: 'https://a.example:443/in/x',
    judged: 'https://a.example/in/x',
    code: 'url_port',
  },
  {
    what: 'without the port of the machine behind',
    id: 'hubspot',
    signed: 'https://a.example/in/x',
    judged: 'https://a.example:4781/in/x',
    code: 'url_port',
  },
  {
    what: 'with a slash at its end',
    id: 'twilio',
    signed: 'https://a.example/in/x/',
    judged: 'https://a.example/in/x',
    code: 'url_trailing_slash',
  },
  {
    what: 'without a slash at its end',
    id: 'plivo',
    signed: 'https://a.example/in/x',
    judged: 'https://a.example/in/x/',
    code: 'url_trailing_slash',
  },
  {
    what: 'by https, judged by http',
    id: 'square',
    signed: 'https://a.example/in/x',
    judged: 'http://a.example/in/x',
    code: 'url_protocol',
  },
  {
    what: 'in a sorted query',
    id: 'hubspot',
    signed: 'https://a.example/x?a=1&b=2',
    judged: 'https://a.example/x?b=2&a=1',
    code: 'url_query',
  },
  {
    what: 'without its query',
    id: 'square',
    signed: 'https://a.example/x',
    judged: 'https://a.example/x?utm=1',
    code: 'url_query',
  },
  {
    what: 'with %20 in its query',
    id: 'twilio',
    signed: 'https://a.example/x?a=b%20c',
    judged: 'https://a.example/x?a=b+c',
    code: 'url_query',
  },
  {
    what: 'decoded',
    id: 'hubspot',
    signed: 'https://a.example/x?a=b/c',
    judged: 'https://a.example/x?a=b%2Fc',
    code: 'url_query',
  },
  {
    what: 'on the host that X-Forwarded-Host names',
    id: 'square',
    signed: 'https://hooks.shop.example/in/x',
    judged: 'https://localhost/in/x',
    headers: [['X-Forwarded-Host', 'hooks.shop.example']],
    code: 'url_host',
  },
  {
    what: 'on the host that Forwarded names',
    id: 'hubspot',
    signed: 'https://hooks.shop.example/in/x',
    judged: 'https://localhost/in/x',
    headers: [['Forwarded', 'for=192.0.2.7;host="hooks.shop.example";proto=https, for=10.0.0.1']],
    code: 'url_host',
  },
  {
    what: 'with the prefix that a proxy took off',
    id: 'square',
    signed: 'https://a.example/api/hooks/in/x',
    judged: 'https://a.example/in/x',
    headers: [['X-Forwarded-Prefix', '/api/hooks']],
    code: 'url_path',
  },
  {
    what: 'without the capture address of the source',
    id: 'hubspot',
    signed: 'https://a.example/orders/1',
    judged: 'https://a.example/in/shop/orders/1',
    hints: { mountPath: '/in/shop' },
    code: 'url_path',
  },
  {
    what: 'with the capture address of the source',
    id: 'square',
    signed: 'https://a.example/in/shop/orders',
    judged: 'https://a.example/orders',
    hints: { mountPath: '/in/shop' },
    code: 'url_path',
  },
  {
    what: 'on the public host',
    id: 'twilio',
    signed: 'https://hooks.shop.example/in/x',
    judged: 'https://127.0.0.1/in/x',
    hints: { publicUrl: 'https://hooks.shop.example' },
    code: 'url_host',
  },
]

describe('the URL that was signed', () => {
  it.each(PLANTED)(
    'PRV-5 finds that it was called $what ($id)',
    ({ id, signed, judged, code, headers = [], hints = {} }) => {
      const request = sent(id, { url: signed, body: Buffer.from('a=1&b=2') })
      const diagnosis = diagnosed(id, { ...request, url: judged, headers: [...request.headers, ...headers] }, hints)
      expect(codes(diagnosis)).toEqual([code])
      expect(diagnosis.findings[0]).toMatchObject({ found: judged, expected: signed, difference: { of: 'url' } })
    },
  )

  it('PRV-5 finds several edits of the URL together, and says each', () => {
    const request = sent('square', { url: 'https://hooks.shop.example/in/x' })
    const headers: HeaderList = [
      ...request.headers,
      ['X-Forwarded-Host', 'hooks.shop.example'],
      ['X-Forwarded-Proto', 'https'],
    ]
    const diagnosis = diagnosed('square', { ...request, headers, url: 'http://127.0.0.1:4781/in/x' })
    expect(codes(diagnosis)).toEqual(['url_protocol', 'url_host', 'url_port'])
  })

  it('PRV-5 says that the URL is not known, where none was given', () => {
    expect(codes(diagnosed('square', { ...sent('square'), url: '' }))).toEqual(['url_missing'])
    const known = { publicUrl: 'https://hooks.example.com/in/shop?b=2&a=1' }
    expect(diagnosed('square', { ...sent('square'), url: '' }, known).findings).not.toEqual([])
  })

  it('PRV-5 takes no host from a header that could not be one', () => {
    const request = sent('square', { url: 'https://a.example/x' })
    const headers: HeaderList = [...request.headers, ['X-Forwarded-Host', 'a.example/\r\n'], ['Host', '']]
    expect(diagnosed('square', { ...request, headers, url: 'https://b.example/x' }).findings).toEqual([])
  })
})
