import { HOSTILE_LINES, HOSTILE_STRINGS } from '#test/safety/hostile-strings.ts'
import type { RelayProcess } from '#test/support/relay-process.ts'
import { startReceiver, type Receiver } from '#test/support/receiver.ts'

/** All strings, in pieces that one request can hold. */
const chunks = <T>(all: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, index) => all.slice(index * size, (index + 1) * size))

/** Makes everything that shows foreign text show every hostile string. */
export async function fillWithHostileContent(relay: RelayProcess): Promise<Receiver> {
  const { capture } = relay.ready
  const receiver = await startReceiver({
    script: (_request, index) => ({
      status: index % 2 === 0 ? 500 : 200,
      headers: [
        ['Content-Type', 'text/html'],
        ...HOSTILE_LINES.slice(0, 60).map((text): [string, string] => ['X-Hostile', text.slice(0, 120)]),
      ],
      body: `<html><body>${HOSTILE_STRINGS.join('\n')}</body></html>`,
    }),
  })

  // Names that people and configurations give.
  const names = HOSTILE_STRINGS.filter(({ length }) => length <= 90)
  for (const [index, name] of names.slice(0, 12).entries()) {
    await relay.call('POST', '/endpoints', {
      name,
      url: `${receiver.url}/${encodeURIComponent(name)}?q=${encodeURIComponent(name)}`,
      eventTypes: index < 2 ? ['*'] : [],
      owner: name,
      policy: index % 2 === 0 ? 'once' : 'standard',
    })
    await relay.call('POST', '/sources', { name, slug: `hostile-${index}` })
  }
  await relay.call('POST', '/providers', { id: 'hostile', name: names[0] })
  for (const [index, description] of names.slice(0, 8).entries()) {
    await relay.call('POST', '/event-types', {
      provider: 'hostile',
      name: `hostile.${index}`,
      description,
      sample: Object.fromEntries(names.map((name) => [name, name])),
    })
  }

  // What senders send: in paths, queries, header values, and bodies of every kind.
  const send = (path: string, init: RequestInit) => fetch(`${capture}/inbox${path}`, { method: 'POST', ...init })
  for (const text of HOSTILE_STRINGS) {
    const encoded = encodeURIComponent(text.toWellFormed())
    await send(`/${encoded.slice(0, 500)}?${encoded}=${encoded}`, {
      body: text,
      headers: { 'content-type': 'text/html' },
    })
  }
  for (const [index, part] of chunks(HOSTILE_STRINGS, 110).entries()) {
    await send('/json', {
      headers: {
        'content-type': 'application/json',
        ...Object.fromEntries(chunks(HOSTILE_LINES, 110)[index]?.map((line, at) => [`x-hostile-${at}`, line]) ?? []),
      },
      body: JSON.stringify({
        type: part[0],
        list: part,
        // Keys by hand: an object would take __proto__ for something else.
        ...JSON.parse(`{${part.map((text) => `${JSON.stringify(`k${text}`)}:${JSON.stringify(text)}`).join(',')}}`),
      }),
    })
    const form = new URLSearchParams(part.map((text) => [text, text]))
    await send('/form', { body: form })
    const parts = new FormData()
    for (const text of part) parts.append(text, new Blob([text], { type: 'text/html' }), text)
    await send('/parts', { body: parts })
    await send('/html', { body: part.join('\n'), headers: { 'content-type': 'image/svg+xml' } })
  }
  for (const line of HOSTILE_LINES.slice(0, 20)) {
    await send('/type', { body: line, headers: { 'content-type': line } })
  }
  // Files that are refused, with what they hold in the reason.
  for (const text of names.slice(0, 3)) {
    const file = Buffer.from(`{"log":{"version":${JSON.stringify(text)},"entries":[]}}`)
    const { id } = await relay.call<{ id: string }>('POST', '/imports', {
      fileName: `${text.replaceAll('/', '')}.har`,
      sizeBytes: file.length,
    })
    await relay.call('POST', `/imports/${id}/parts`, { offset: 0, bytesBase64: file.toString('base64') })
  }
  await relay.call('POST', '/events', {
    type: 'hostile.0',
    data: Object.fromEntries(names.map((name) => [name, name])),
  })
  return receiver
}
