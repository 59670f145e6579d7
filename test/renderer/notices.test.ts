import { beforeEach, expect, it, vi } from 'vitest'
import {
  endAllNotices,
  endNotice,
  notices,
  showDone,
  showUndo,
  undoLatest,
} from '../../src-renderer/ui/feedback/notices.ts'

beforeEach(endAllNotices)

function pending() {
  return { commit: vi.fn(), undo: vi.fn() }
}

function shownId(text: string): number {
  return notices.get().find((notice) => notice.text === text)?.id ?? Number.NaN
}

it('does what waits when its notice ends, and once only', () => {
  const deed = pending()
  showUndo('Deleted 1 event.', deed)
  expect(deed.commit).not.toHaveBeenCalled()
  const id = shownId('Deleted 1 event.')
  endNotice(id)
  endNotice(id)
  expect(deed.commit).toHaveBeenCalledOnce()
  expect(deed.undo).not.toHaveBeenCalled()
})

it('takes back what waits, and then never does it', () => {
  const deed = pending()
  showUndo('Deleted 1 event.', deed)
  const id = shownId('Deleted 1 event.')
  notices.get()[0]?.action?.run()
  // The notice closes after its button was pressed.
  endNotice(id)
  expect(deed.undo).toHaveBeenCalledOnce()
  expect(deed.commit).not.toHaveBeenCalled()
  expect(notices.get()).toEqual([])
})

it('keeps two deeds of the same words apart, and shows other words once', () => {
  const [first, second] = [pending(), pending()]
  showUndo('Deleted 1 event.', first)
  showUndo('Deleted 1 event.', second)
  showDone('Saved.')
  showDone('Saved.')
  expect(notices.get().map(({ text }) => text)).toEqual(['Deleted 1 event.', 'Deleted 1 event.', 'Saved.'])
  expect(first.commit).not.toHaveBeenCalled()
})

it('does what waits when its notice is pushed out by others or the page is left', () => {
  const [first, second] = [pending(), pending()]
  showUndo('Deleted 2 events.', first)
  for (const text of ['One.', 'Two.', 'Three.']) showDone(text)
  expect(first.commit).toHaveBeenCalledOnce()
  showUndo('Deleted 3 events.', second)
  endAllNotices()
  expect(second.commit).toHaveBeenCalledOnce()
})

it('takes back the latest first, and says when there is nothing left', () => {
  const [first, second] = [pending(), pending()]
  showUndo('Deleted 1 event.', first)
  showUndo('Deleted 2 events.', second)
  expect(undoLatest()).toBe(true)
  expect(second.undo).toHaveBeenCalledOnce()
  expect(first.undo).not.toHaveBeenCalled()
  expect(undoLatest()).toBe(true)
  expect(undoLatest()).toBe(false)
})
