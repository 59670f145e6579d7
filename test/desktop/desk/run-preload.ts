import { readFileSync } from 'node:fs'
import type { CDPSession, Route } from 'playwright-core'
import { pack, unpack } from '#test/support/packed-message.ts'
import type { Desk } from './desk.ts'
import { BINDING, preloadProgram, type Told, WORLD } from './preload-world.ts'

/** Chromium knows no scheme of ours: what the app serves under `app://` is shown from a name that nobody can own. */
export const SHOWN_ORIGIN = 'https://hookloop.test'
export const APP_ORIGIN = 'app://hookloop'

export const shown = (url: string): string => url.replace(APP_ORIGIN, SHOWN_ORIGIN)
export const served = (url: string): string => url.replace(SHOWN_ORIGIN, APP_ORIGIN)

/** Answers a page's request as the app's own scheme does. */
export async function serve(route: Route, desk: Desk): Promise<void> {
  const answer = await desk.ask<{ status: number; headers: Record<string, string>; body: Uint8Array }>(
    'serve',
    served(route.request().url()),
  )
  await route.fulfill({ ...answer, body: Buffer.from(answer.body) })
}

/** Runs the preload in a world of its own at each load of a page, and carries what it posts to the app. */
export async function runPreload(devtools: CDPSession, file: string, desk: Desk): Promise<void> {
  const contexts = new Set<number>()
  devtools.on('Runtime.executionContextCreated', ({ context }) => {
    if (context.name === WORLD) contexts.add(context.id)
  })
  devtools.on('Runtime.executionContextDestroyed', ({ executionContextId }) => contexts.delete(executionContextId))
  devtools.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
    if (name === BINDING) hear(JSON.parse(payload) as Told, executionContextId)
  })

  function hear(told: Told, contextId: number): void {
    if (told.kind === 'message') return void desk.ports.send(told.port, unpack(told.data)).catch(() => {})
    for (const id of told.ports) {
      desk.ports.join(id, {
        take: (data) => void evaluate(`fromMain(${JSON.stringify(id)}, ${JSON.stringify(pack(data))})`, contextId),
        close: () => {},
      })
    }
    void desk.ports.post({ ...told, frame: { url: served(told.url), isTop: true } }).catch(() => {})
  }

  async function evaluate(expression: string, contextId: number): Promise<void> {
    // A page that went on has no use for it.
    if (contexts.has(contextId)) await devtools.send('Runtime.evaluate', { expression, contextId }).catch(() => {})
  }

  await devtools.send('Page.enable')
  await devtools.send('Runtime.enable')
  await devtools.send('Runtime.addBinding', { name: BINDING, executionContextName: WORLD })
  await devtools.send('Page.addScriptToEvaluateOnNewDocument', {
    source: preloadProgram(readFileSync(file, 'utf8')),
    worldName: WORLD,
  })
}
