import { expect, it } from 'vitest'
import { startConfigurationRig } from '#test/api/configuration-rig.ts'

it('CRL-4 has the state of a batch run and an insight in the catalog, and sends them as samples', async () => {
  const { json, receiver } = await startConfigurationRig()
  const { body } = await json('GET', '/event-types?provider=crawlens')
  const types = body['items'] as { name: string; sample: Record<string, unknown> }[]
  const run = types.find(({ name }) => name === 'batch_run.state')
  expect(run?.sample).toMatchObject({
    batch_run_id: expect.any(String),
    status: expect.stringMatching(/^(running|succeeded|partial_failure|failed)$/),
    total_urls: expect.any(Number),
    progress_percentage: expect.any(Number),
  })
  for (const type of ['batch_run.state', 'insight.created']) {
    const sent = await json('POST', '/trigger', { provider: 'crawlens', type, url: `${receiver.url}/${type}` })
    expect(sent.status).toBe(202)
  }
  const requests = await receiver.waitFor(2)
  expect(requests.map(({ target }) => target).toSorted()).toEqual(['/batch_run.state', '/insight.created'])
})
