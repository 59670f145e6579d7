import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { buildIfStale } from '#main/cli/build.ts'
import { ROOT } from '#test/architecture/source-tree.ts'
import { scratchFolder } from '#test/hosts/bin.ts'
import { type Box, startDesk, untilShown } from './desk/desk.ts'

/** An update that leaves a mark when it is started. */
const UPDATE = '#!/bin/sh\necho started > "$(dirname "$0")/mark"\n'

/** A feed whose newest version can be changed; `isForged` gives other bytes than it promises. */
async function startFeed() {
  const feed = { version: '0.0.9', isForged: false, url: '', asked: [] as string[] }
  const server = createServer((request, response) => {
    feed.asked.push(request.url ?? '')
    const sha512 = createHash('sha512').update(UPDATE).digest('base64')
    if (request.url?.startsWith('/latest-linux.yml')) {
      response.end(
        `version: ${feed.version}\nfiles:\n  - url: Hookloop.AppImage\n    sha512: ${sha512}\n    size: ${UPDATE.length}\npath: Hookloop.AppImage\nsha512: ${sha512}\nreleaseDate: '2026-01-01T00:00:00.000Z'\n`,
      )
    } else if (request.url === '/Hookloop.AppImage') response.end(feed.isForged ? UPDATE.toUpperCase() : UPDATE)
    else response.writeHead(404).end()
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  onTestFinished(() => void server.close())
  feed.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return feed
}

// The way of an AppImage: it needs neither an installer nor a signature of a system.
describe.runIf(existsSync(join(ROOT, 'src-main/desktop')) && process.platform === 'linux')('updates', () => {
  beforeAll(buildIfStale, 120_000)

  it('SE36 takes no older version and no forged one, goes on without a feed, and restarts into what is newer', async () => {
    const home = scratchFolder()
    const feed = await startFeed()
    const image = join(home, 'Hookloop.AppImage')
    writeFileSync(image, 'this version')
    mkdirSync(join(home, 'resources'))
    const channel = join(home, 'resources/app-update.yml')
    writeFileSync(channel, `provider: generic\nurl: ${feed.url}\nupdaterCacheDirName: hookloop-updater\n`)
    const desk = startDesk({
      home,
      env: {
        STAND_IN_PACKAGED: '1',
        STAND_IN_RESOURCES: join(home, 'resources'),
        STAND_IN_VERSION: '0.1.0',
        XDG_CACHE_HOME: join(home, 'cache'),
        APPIMAGE: image,
      },
    })
    await untilShown(desk)
    const check = async (fits: (box: Box) => boolean): Promise<void> => {
      await desk.ask('chooseMenu', 'File', 'Check for Updates…')
      await desk.until('box', fits as (box: never) => boolean)
    }

    await check(
      ({ message, detail }) => message === 'You have the newest version.' && detail === 'This is Hookloop 0.1.0.',
    )
    expect(feed.asked.filter((path) => path.endsWith('.AppImage'))).toEqual([])

    feed.version = '9.9.9'
    feed.isForged = true
    await check(
      ({ message, detail }) => message === 'The update failed.' && detail!.includes('sha512 checksum mismatch'),
    )
    expect(readFileSync(image, 'utf8')).toBe('this version')

    feed.isForged = false
    await desk.ask('blurWindow', 1)
    await desk.ask('chooseMenu', 'File', 'Check for Updates…')
    await desk.until('notification', ({ title }: { title: string }) => title === 'Hookloop 9.9.9 is ready')
    void desk.ask('chooseTray', 'Restart to Update to 9.9.9').catch(() => {})
    expect((await desk.ended).code).toBe(0)
    expect(readFileSync(image, 'utf8')).toBe(UPDATE)
    await expect.poll(() => existsSync(join(home, 'mark'))).toBe(true)
  })
})
