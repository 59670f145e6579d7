import { randomUUID } from 'node:crypto'
import examples from '@octokit/webhooks-examples' with { type: 'json' }
import { z } from 'zod'
import type { Api } from '#main/cli/connection.ts'

const Receipt = z.object({ id: z.string() })
const GITHUB_EVENTS = ['ping', 'push', 'issues', 'pull_request', 'release', 'star']

/** Posts GitHub's published payloads with the headers that GitHub sends; `names` learns which event is which. */
export async function sendGithubHooks(address: string, names: Map<string, string>): Promise<void> {
  for (const name of GITHUB_EVENTS) {
    const payload = examples.find((entry) => entry.name === name)?.examples[0]
    const response = await fetch(address, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'GitHub-Hookshot/044aadd',
        'x-github-event': name,
        'x-github-delivery': randomUUID(),
      },
      body: JSON.stringify(payload),
    })
    if (response.status !== 200) throw new Error(`${name} was not captured: ${response.status}`)
    const { id } = Receipt.parse(await response.json())
    names.set(id, `github ${name}`)
  }
}

/** Composes the event that Crawlux sends at the end of an audit, from the catalog's sample. */
export async function sendAudit(api: Api): Promise<void> {
  const { items } = await api.catalog.providers.list({})
  const sample = items.find(({ id }) => id === 'crawlux')?.eventTypes.find(({ name }) => name === 'audit.completed')
  if (sample === undefined) throw new Error('The catalog has no audit.completed')
  await api.events.create({ type: sample.name, data: sample.sample, provider: 'crawlux' })
}
