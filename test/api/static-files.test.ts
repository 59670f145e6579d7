import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiRig, startApiRig } from '#test/support/api-rig.ts'
import { rawExchange } from '#test/support/raw-socket.ts'

describe('the files of the window', () => {
  let rig: ApiRig
  let parent: string
  beforeAll(async () => {
    parent = await mkdtemp(join(tmpdir(), 'hookloop-ui-'))
    const ui = join(parent, 'ui')
    await mkdir(join(ui, 'assets'), { recursive: true })
    await writeFile(join(parent, 'secret.js'), 'outside')
    await writeFile(join(ui, 'index.html'), '<!doctype html>')
    await writeFile(join(ui, 'assets', 'app-4f3a.js'), 'export {}')
    await writeFile(join(ui, 'assets', 'app-4f3a.js.map'), '{}')
    await symlink(join(parent, 'secret.js'), join(ui, 'link.js'))
    rig = await startApiRig({ uiDirectory: ui })
    await writeFile(join(ui, 'late.js'), 'late')
  })
  afterAll(async () => {
    await rig.stop()
    await rm(parent, { recursive: true })
  })

  const get = (target: string, more = '') =>
    rawExchange(rig.port, `GET ${target} HTTP/1.1\r\nHost: 127.0.0.1:${rig.port}\r\nConnection: close\r\n${more}\r\n`)

  it('serves the page without a token, and its policy lets nothing inline run', async () => {
    const page = await get('/?x=1')
    expect(page).toMatchObject({ status: 200, body: '<!doctype html>' })
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(page.headers.get('cache-control')).toBe('no-cache')
    const policy = page.headers.get('content-security-policy')
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('unsafe')
  })

  it('lets hashed files be kept for ever, and knows what a browser has already', async () => {
    const script = await get('/assets/app-4f3a.js')
    expect(script).toMatchObject({ status: 200, body: 'export {}' })
    expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    expect(script.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    const again = await get('/assets/app-4f3a.js', `If-None-Match: ${script.headers.get('etag')}\r\n`)
    expect(again).toMatchObject({ status: 304, body: '' })
  })

  it('SE24 serves nothing but the files of the build', async () => {
    const targets = [
      '/../secret.js',
      '/%2e%2e/secret.js',
      '/..%2fsecret.js',
      '/..%5csecret.js',
      '/assets/../../secret.js',
      '/assets/..%2f..%2fsecret.js',
      '//etc/passwd',
      '/index.html%00.js',
      '/C:/Windows/win.ini',
      '/link.js',
      '/late.js',
      '/assets/app-4f3a.js.map',
      '/assets',
      '/assets/',
      '/INDEX.HTML',
      '/some/route',
      `/${'a'.repeat(4_000)}`,
      '/__proto__',
    ]
    for (const target of targets) expect((await get(target)).status, target).toBe(404)
  })
})
