import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Locator, Page } from 'playwright-core'

/** What a person sees and presses, by the names that a screen reader would say. */
export function screenLink(page: Page, name: string): Locator {
  return page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name })
}

/** Goes to a screen by its link, and waits until it is the one that is shown: rows of the last one stay until then. */
export async function openScreen(page: Page, name: string): Promise<void> {
  await screenLink(page, name).click()
  await shownScreen(page, name).waitFor()
}

/** What is shown, once it is the screen of this name. */
export function shownScreen(page: Page, name: string): Locator {
  return page.getByRole('main', { name, exact: true })
}

export function row(page: Page, name: string | RegExp): Locator {
  return page.getByRole('option', { name }).first()
}

/** The toast that tells what came of a deed. */
export function notice(page: Page, text: string | RegExp): Locator {
  return page.getByRole('region', { name: /Notices/ }).getByText(text)
}

/** Sends with the real curl where the machine has it; the body goes out as it is given. */
export async function curl(url: string, body: string, ...options: string[]): Promise<string> {
  const child = spawn('curl', ['--silent', '--show-error', '--data-raw', body, ...options, url])
  let answer = ''
  child.stdout.on('data', (chunk: Buffer) => (answer += chunk.toString()))
  const failure = once(child, 'error').then(() => 'absent' as const)
  const outcome = await Promise.race([failure, once(child, 'close').then(() => 'ended' as const)])
  if (outcome === 'ended') return answer
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const response = await fetch(url, { method: 'POST', headers, body })
  return response.text()
}

/** Resolves once `ask` gives what is wanted, asked again after each turn of the page; for facts outside of the page. */
export async function eventually<T>(ask: () => Promise<T>, isGood: (answer: T) => boolean): Promise<T> {
  const endsAt = Date.now() + 20_000
  for (;;) {
    const answer = await ask()
    if (isGood(answer)) return answer
    if (Date.now() > endsAt) throw new Error(`It did not come about: ${JSON.stringify(answer)?.slice(0, 400)}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
