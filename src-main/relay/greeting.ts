import type { Running } from '#main/compose/start.ts'

/** The line that scripts wait for. */
export function readyLine(running: Running): string {
  const { windowUrl, apiUrl, captureUrl, token } = running
  return JSON.stringify({ ready: true, window: windowUrl, api: apiUrl, capture: captureUrl, token })
}

/** The same for a person; `insteadOfDesktop` says why there is no desktop window. */
export function greeting(running: Running, insteadOfDesktop?: string): string {
  const title =
    insteadOfDesktop === undefined
      ? `Hookloop is running: open ${running.windowUrl}`
      : `${insteadOfDesktop}, so this is the relay: open ${running.windowUrl}`
  const senders =
    running.mode === 'team'
      ? `  Capture   at the addresses that "hookloop sources" names
  Keys      "hookloop keys create" makes the first one; the token opens it from this machine alone`
      : `  Capture   ${running.captureUrl}/inbox
  Try it    curl -d '{"hello":1}' ${running.captureUrl}/inbox`
  return `${title}

${senders}
  API       ${running.apiUrl}
  Data      ${running.dataDirectory}

Ctrl-C stops it; what is not delivered yet goes on at the next start.`
}
