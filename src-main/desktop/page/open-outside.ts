import { dialog, shell } from 'electron'

/** Enough to see where a link leads. */
const SHOWN_CHARACTERS = 300

/** Opens a web page in the user's browser once the user has agreed to it; anything but https is dropped. */
export async function openOutside(text: string): Promise<void> {
  const url = URL.parse(text)
  if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '') return
  const { response } = await dialog.showMessageBox({
    type: 'question',
    message: `Open ${url.host} in your browser?`,
    detail: url.href.length > SHOWN_CHARACTERS ? `${url.href.slice(0, SHOWN_CHARACTERS)}…` : url.href,
    buttons: ['Open', 'Cancel'],
    defaultId: 0,
    cancelId: 1,
    noLink: true,
  })
  if (response === 0) await shell.openExternal(url.href)
}
