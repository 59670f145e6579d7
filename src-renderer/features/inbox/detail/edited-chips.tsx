import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { EventDetail } from '#shared/contract/events.ts'
import { useApi } from '../../../platform/api/session.ts'
import { plural } from '../../../ui/format/size.ts'
import { Chip, shortId } from '../../../ui/layout/detail-pane.tsx'

const LINK = 'underline decoration-line underline-offset-2 hover:decoration-current'

/** Which event was edited to make this one, and what was made of this one so. */
export function EditedChips({ event: { id, editedFrom } }: { event: EventDetail }) {
  const filter = `edited:${id}`
  const copies = useQuery(useApi().events.list.queryOptions({ input: { filter, limit: 100 } })).data
  const [only, ...others] = copies?.items ?? []
  return (
    <>
      {editedFrom !== null && (
        <Chip>
          <Link to="/inbox/$eventId" params={{ eventId: editedFrom }} search={true} className={LINK}>
            edited from {shortId(editedFrom)}
          </Link>
        </Chip>
      )}
      {only !== undefined && (
        <Chip>
          {others.length === 0 ? (
            <Link to="/inbox/$eventId" params={{ eventId: only.id }} search={true} className={LINK}>
              edited as {shortId(only.id)}
            </Link>
          ) : (
            <Link to="/inbox" search={{ filter }} className={LINK}>
              {plural(others.length + 1, 'edited copy', 'edited copies')}
              {copies?.nextCursor != null && ' and more'}
            </Link>
          )}
        </Chip>
      )}
    </>
  )
}
