import { useState } from 'react'

/** The row under the keyboard. It follows what is opened, and stays where it was when that is closed. */
export function useCursor(openedId: string | null): readonly [string | null, (id: string) => void] {
  const [cursor, setCursor] = useState({ id: openedId, openedId })
  if (cursor.openedId !== openedId) setCursor({ id: openedId ?? cursor.id, openedId })
  return [cursor.id, (id) => setCursor({ id, openedId })]
}
