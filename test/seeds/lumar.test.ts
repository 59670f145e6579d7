import { describe, expect, it } from 'vitest'
import { startConfigurationRig } from '#test/api/configuration-rig.ts'
import { TEST_TOKEN } from '#test/support/api-rig.ts'
import { startReceiver, type ReceivedRequest } from '#test/support/receiver.ts'

interface GraphqlAnswer {
  status: number
  data: Record<string, never> | null
  errors: { message: string; extensions: { code: string; field?: string; hint?: string } }[] | undefined
}

const UPDATE_PROJECT = /* GraphQL */ `
  mutation ($input: UpdateProjectInput!) {
    updateProject(input: $input) {
      project {
        id
        apiCallbackUrl
        apiCallbackHeaders {
          key
          value
        }
      }
    }
  }
`
const UPDATE_ACCOUNT = /* GraphQL */ `
  mutation ($input: UpdateAccountInput!) {
    updateAccount(input: $input) {
      account {
        apiCallbackUrl
        apiCallbackHeaders {
          key
          value
        }
      }
    }
  }
`
const CANARY = 'Bearer lumar-canary-5d0e8c7b'
const crawl = { message: 'done', crawl_id: '7', status: 'finished', nested: { a: 1 }, partner_user_id: null }

async function startRig() {
  const rig = await startConfigurationRig()
  async function graphql(query: string, variables: unknown = {}): Promise<GraphqlAnswer> {
    const answer = await fetch(`${rig.origin}/graphql`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TEST_TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    })
    const text = await answer.text()
    rig.answers.push(text)
    return { errors: undefined, data: null, ...(JSON.parse(text) as object), status: answer.status }
  }
  return { ...rig, graphql }
}

const headersOf = (request: ReceivedRequest) =>
  Object.fromEntries(request.headers.map(([name, value]) => [name.toLowerCase(), value]))

describe('callbacks', () => {
  it('LUM-1 LUM-2 sets a project’s callback by GraphQL, and posts the form there with its headers', async () => {
    const { graphql, receiver, send, json, storedBytes, answers } = await startRig()
    const input = {
      projectId: 'default',
      apiCallbackUrl: `${receiver.url}/callback`,
      apiCallbackHeaders: [
        { key: 'Authorization', value: CANARY },
        { key: 'X-Env', value: 'production' },
      ],
    }
    const { apiCallbackUrl, apiCallbackHeaders } = input
    const { data, errors } = await graphql(UPDATE_PROJECT, { input })
    expect(errors).toBeUndefined()
    expect(data).toMatchObject({
      updateProject: { project: { id: expect.stringMatching(/^prj_/), apiCallbackUrl, apiCallbackHeaders } },
    })
    const said = answers.length

    const [delivery] = await send(crawl, { type: 'crawl_status' })
    expect(delivery).toMatchObject({ state: 'succeeded', endpointName: 'Callback' })
    const [request] = receiver.requests
    expect(headersOf(request!)).toMatchObject({
      'content-type': 'application/x-www-form-urlencoded',
      authorization: CANARY,
      'x-env': 'production',
    })
    expect(request!.target).toBe('/callback')
    expect(Object.fromEntries(new URLSearchParams(request!.body.toString()))).toEqual({
      message: 'done',
      crawl_id: '7',
      status: 'finished',
      nested: '{"a":1}',
      partner_user_id: '',
    })
    // Afterwards the credential is shown nowhere, and lies nowhere in clear.
    const { body: projects } = await json('GET', '/projects')
    expect((projects['items'] as unknown[])[0]).toMatchObject({
      apiCallbackHeaders: [
        { key: 'Authorization', value: '***' },
        { key: 'X-Env', value: 'production' },
      ],
      callback: { level: 'project', url: input.apiCallbackUrl },
    })
    await json('GET', '/endpoints')
    await json('GET', `/deliveries/${String(delivery!['id'])}/attempts`)
    expect(answers.slice(said).join('')).not.toContain(CANARY)
    expect(storedBytes().includes(CANARY)).toBe(false)
  })

  it('LUM-1 keeps a masked credential that is given back, by its name', async () => {
    const { json, receiver, send } = await startRig()
    const apiCallbackUrl = `${receiver.url}/callback`
    const header = { key: 'X-Api-Key', value: CANARY }
    await json('PATCH', '/projects/default', { apiCallbackUrl, apiCallbackHeaders: [header] })
    const headers = [
      { key: 'X-New', value: '1' },
      { key: 'X-Api-Key', value: '***' },
    ]
    expect((await json('PATCH', '/projects/default', { apiCallbackHeaders: headers })).status).toBe(200)
    await send(crawl, { type: 'crawl_status' })
    expect(headersOf(receiver.requests[0]!)).toMatchObject({ 'x-api-key': CANARY, 'x-new': '1' })
  })

  it('LUM-1 APC-3 sends no stored credential to another address: it must be given again', async () => {
    const { json, receiver } = await startRig()
    const apiCallbackUrl = `${receiver.url}/callback`
    const apiCallbackHeaders = [{ key: 'Authorization', value: CANARY }]
    await json('PATCH', '/projects/default', { apiCallbackUrl, apiCallbackHeaders })
    for (const headers of [undefined, [{ key: 'Authorization', value: '***' }]]) {
      const change = { apiCallbackUrl: 'http://127.0.0.1:9/other', apiCallbackHeaders: headers }
      const { status, body } = await json('PATCH', '/projects/default', change)
      expect([status, (body['error'] as { field: string }).field]).toEqual([400, 'apiCallbackHeaders'])
    }
    const moved = await json('PATCH', '/projects/default', { apiCallbackUrl: `${receiver.url}/same-host` })
    expect(moved).toMatchObject({ status: 200, body: { apiCallbackUrl: `${receiver.url}/same-host` } })
  })

  it('LUM-1 lets the project’s callback win as a pair: the account’s headers never go to its URL', async () => {
    const { graphql, json, receiver, send } = await startRig()
    const account = await startReceiver()
    await graphql(UPDATE_ACCOUNT, {
      input: {
        apiCallbackUrl: `${account.url}/account`,
        apiCallbackHeaders: [{ key: 'Authorization', value: CANARY }],
      },
    })
    expect((await json('GET', '/account')).body).toEqual({
      apiCallbackUrl: `${account.url}/account`,
      apiCallbackHeaders: [{ key: 'Authorization', value: '***' }],
    })
    await send(crawl, { type: 'crawl_status' })
    expect(headersOf(account.requests[0]!)).toMatchObject({ authorization: CANARY })

    // A URL alone: nothing of the account goes with it.
    const own = await json('PATCH', '/projects/default', { apiCallbackUrl: `${receiver.url}/own` })
    expect(own.body).toMatchObject({ apiCallbackHeaders: [], callback: { level: 'project' } })
    await send(crawl, { type: 'report_download_available' })
    expect(headersOf(receiver.requests[0]!)).not.toHaveProperty('authorization')
    expect(account.requests).toHaveLength(1)

    // The account’s again once the project’s is gone.
    const gone = await json('PATCH', '/projects/default', { apiCallbackUrl: null })
    expect(gone.body).toMatchObject({ apiCallbackUrl: null, callback: { level: 'account' } })
    await send(crawl, { type: 'crawl_status' })
    expect(headersOf(account.requests[1]!)).toMatchObject({ authorization: CANARY })

    const none = await json('PATCH', '/account', { apiCallbackUrl: null })
    expect(none.body).toEqual({ apiCallbackUrl: null, apiCallbackHeaders: [] })
    expect((await json('GET', '/endpoints')).body['items']).toEqual([])
    await account.close()
  })

  it('LUM-1 never sends what waits for an earlier address with the credentials of the next', async () => {
    const { json, receiver, send, engine } = await startRig()
    const first = await startReceiver()
    const callback = (url: string, value: string) =>
      json('PATCH', '/projects/default', {
        apiCallbackUrl: url,
        apiCallbackHeaders: [{ key: 'Authorization', value }],
      })
    await callback(`${first.url}/first`, 'Bearer first-secret')
    const { body: endpoints } = await json('GET', '/endpoints')
    const id = String((endpoints['items'] as { id: string }[])[0]!.id)
    await json('POST', `/endpoints/${id}/pause`)
    const { body: event } = await json('POST', '/events', { type: 'crawl_status', data: crawl })
    await callback(`${receiver.url}/second`, 'Bearer second-secret')
    await engine.endpoints.resume(engine.endpoints.resolve(engine.projects.resolve('default').id, id), 'release')
    await receiver.waitFor(1)
    expect(headersOf(receiver.requests[0]!)['authorization']).toBe('Bearer second-secret')
    expect(first.requests).toHaveLength(0)
    expect(event['id']).toBeTruthy()
    await send(crawl, { type: 'crawl_status' })
    await first.close()
  })

  it('LUM-1 gives the account’s callback to a project that is made later', async () => {
    const { json, receiver } = await startRig()
    await json('PATCH', '/account', { apiCallbackUrl: `${receiver.url}/account` })
    const made = await json('POST', '/projects', { name: 'Later', slug: 'later' })
    expect(made.body).toMatchObject({ apiCallbackUrl: null, callback: { level: 'account' } })
    expect((await json('GET', '/endpoints?project=later')).body['items']).toMatchObject([
      { role: 'callback', url: `${receiver.url}/account`, eventTypes: ['crawl_status', 'report_download_available'] },
    ])
  })

  it('LUM-1 keeps the endpoint of a callback from being changed or deleted by hand', async () => {
    const { json, receiver } = await startRig()
    await json('PATCH', '/projects/default', { apiCallbackUrl: `${receiver.url}/callback` })
    const { body } = await json('GET', '/endpoints')
    const path = `/endpoints/${String((body['items'] as { id: string }[])[0]!.id)}`
    const url = 'http://127.0.0.1:9/'
    expect(await json('PATCH', path, { url })).toMatchObject({ status: 409, body: { error: { field: 'url' } } })
    expect(await json('DELETE', path)).toMatchObject({ status: 409, body: { error: { code: 'read_only' } } })
    expect(await json('PATCH', path, { name: 'Crawls', url: `${receiver.url}/callback` })).toMatchObject({
      status: 200,
    })
  })

  it('LUM-2 ENG-11 tells the notification URL once of a callback that failed', async () => {
    const { json, receiver, send } = await startRig()
    const failing = await startReceiver({ script: [{ status: 206 }] })
    await json('PATCH', '/projects/default', {
      apiCallbackUrl: `${failing.url}/callback`,
      notificationUrl: `${receiver.url}/failed`,
    })
    const [delivery] = await send(crawl, { type: 'crawl_status' })
    expect(delivery).toMatchObject({ state: 'failed', attempts: 1 })
    const [told] = await receiver.waitFor(1)
    expect(JSON.parse(told!.body.toString())).toMatchObject({
      type: 'callback-failed',
      event_type: 'crawl_status',
      callback_url: `${failing.url}/callback`,
      attempt: { status: 206 },
    })
    await failing.close()
  })

  it.each([
    ['apiCallbackUrl', { apiCallbackUrl: 'nowhere' }],
    ['apiCallbackHeaders', { apiCallbackHeaders: [{ key: 'X-A', value: '1' }] }],
    [
      'apiCallbackHeaders.0.1',
      { apiCallbackUrl: 'http://127.0.0.1:9/', apiCallbackHeaders: [{ key: 'X-A', value: 'a\r\nB: c' }] },
    ],
    [
      'apiCallbackHeaders.0.0',
      { apiCallbackUrl: 'http://127.0.0.1:9/', apiCallbackHeaders: [{ key: 'Host', value: 'a' }] },
    ],
  ])('LUM-1 SE09 refuses by the field %s, and changes nothing', async (field, change) => {
    const { json, graphql } = await startRig()
    const rest = await json('PATCH', '/projects/default', { name: 'Changed', ...change })
    expect(rest).toMatchObject({ status: 400, body: { error: { code: 'invalid_request', field } } })
    const { errors } = await graphql(UPDATE_PROJECT, { input: { projectId: 'default', name: 'Changed', ...change } })
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'invalid_request', field })
    expect((await json('GET', '/projects')).body['items']).toMatchObject([{ name: 'Default', apiCallbackUrl: null }])
  })

  it('LUM-1 SEC-1 answers GraphQL to those with a token, by POST, in bounds', async () => {
    const { graphql, origin, json } = await startRig()
    expect((await fetch(`${origin}/graphql`, { method: 'POST' })).status).toBe(401)
    const headers = { authorization: `Bearer ${TEST_TOKEN}` }
    expect((await fetch(`${origin}/graphql?query={account{id}}`, { headers })).status).toBe(405)
    expect((await graphql('{ projects { slug } account { id } }')).data).toEqual({
      projects: [{ slug: 'default' }],
      account: { id: 'account' },
    })
    expect((await graphql('{ project(id: "nowhere") { slug } }')).data).toEqual({ project: null })
    expect((await graphql('{ nothing }')).errors?.[0]?.message).toContain('nothing')
    const many = Array.from({ length: 60 }, (_, index) => `a${index}: account { id }`).join(' ')
    expect((await graphql(`{ ${many} }`)).errors?.[0]?.extensions.code).toBe('invalid_request')
    expect((await graphql(`{ account { id } } # ${'x'.repeat(20_000)}`)).errors?.[0]?.extensions.code).toBe(
      'invalid_request',
    )
    const unknown = await graphql(UPDATE_PROJECT, { input: { projectId: 'nowhere' } })
    expect(unknown.errors?.[0]?.extensions.code).toBe('not_found')
    expect((await json('GET', '/projects')).status).toBe(200)
  })
})
