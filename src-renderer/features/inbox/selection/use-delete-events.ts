import { useSession } from '../../../platform/api/session.ts'
import { showUndo } from '../../../ui/feedback/notices.ts'
import { showError, showTrouble } from '../../../ui/feedback/toast.tsx'
import { formatCount, plural } from '../../../ui/format/size.ts'
import { type Cleared, hideCleared, hideIds, showCleared, showIds } from './hidden-events.ts'

/** So many the engine takes at once. */
const AT_ONCE = 1_000

/** Deletes events: gone from sight at once, and from the disk when the notice ends without its Undo. */
export function useDeleteEvents() {
  const { api, client, queries } = useSession()

  async function deleteNow(ids: readonly string[]): Promise<void> {
    let kept = 0
    for (let at = 0; at < ids.length; at += AT_ONCE) {
      kept += (await client.events.deleteNamed({ eventIds: ids.slice(at, at + AT_ONCE) })).kept
    }
    await queries.invalidateQueries({ queryKey: api.events.list.key() })
    for (const id of ids) queries.removeQueries({ queryKey: api.events.get.key({ input: { id } }) })
    if (kept > 0) showTrouble(`${plural(kept, 'event')} stayed: a delivery of each is under way.`, null)
  }

  function deleteNamed(ids: readonly string[]): void {
    hideIds(ids)
    showUndo(ids.length === 1 ? 'Deleted the event.' : `Deleted ${formatCount(ids.length)} events.`, {
      undo: () => showIds(ids),
      commit: () =>
        void deleteNow(ids)
          .catch(showError)
          .finally(() => showIds(ids)),
    })
  }

  /** All that a filter takes by now. */
  function clear(filter: string, count: string): void {
    const cleared: Cleared = { filter, until: new Date().toISOString() }
    hideCleared(cleared)
    showUndo(`Deleted ${count}.`, {
      undo: () => showCleared(cleared),
      commit: () =>
        void client.events
          .clear(cleared)
          // It goes on in the background; who is hidden until then is told by the strip of its progress.
          .then(() => queries.invalidateQueries({ queryKey: api.events.clearing.key() }))
          .catch((error: unknown) => {
            showCleared(cleared)
            showError(error)
          }),
    })
  }

  return { deleteNamed, clear }
}
