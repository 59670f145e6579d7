import { Notification } from 'electron'
import type { ProjectNotice } from '#main/compose/watch/watch.ts'

/** More than these in a minute tell nothing that the first did not. */
const MOST_A_MINUTE = 5
const MINUTE_MS = 60_000
const MOST_CHARACTERS = 200

interface NotifierDeps {
  /** Whoever looks at the window is told there. */
  isLookedAt(): boolean
  show(notice: ProjectNotice): void
}

/** Tells notices by the system's own notifications; a click opens the window where the trouble is. */
export function createNotifier({ isLookedAt, show }: NotifierDeps): (notice: ProjectNotice) => void {
  const shown = new Set<Notification>()
  let recent: number[] = []
  let leftOut = 0

  return (notice) => {
    if (isLookedAt() || !Notification.isSupported()) return
    const now = performance.now()
    recent = recent.filter((at) => now - at < MINUTE_MS)
    if (recent.length >= MOST_A_MINUTE) {
      leftOut++
      return
    }
    recent.push(now)
    const more = leftOut === 0 ? '' : ` (${leftOut} more before this)`
    leftOut = 0
    const notification = new Notification({ title: plain(notice.title), body: `${plain(notice.body)}${more}` })
    // One that is collected no longer hears its click.
    shown.add(notification)
    const forget = (): void => void shown.delete(notification)
    notification.on('click', () => {
      forget()
      show(notice)
    })
    notification.on('close', forget)
    notification.on('failed', forget)
    notification.show()
  }
}

/** Some desktops read markup in a notification, and names are whatever somebody typed. */
function plain(text: string): string {
  const line = text
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .replaceAll('<', '‹')
    .replaceAll('>', '›')
  return line.length > MOST_CHARACTERS ? `${line.slice(0, MOST_CHARACTERS)}…` : line
}
