import { useQuery } from '@tanstack/react-query'
import { useParams, useSearch } from '@tanstack/react-router'
import { Plus, Search } from 'lucide-react'
import { useRef, useState } from 'react'
import { useApi } from '../../platform/api/session.ts'
import { useActions } from '../../platform/actions/bound-actions.ts'
import { Button } from '../../ui/controls/button.tsx'
import { Kbd } from '../../ui/controls/kbd.tsx'
import { ErrorState, SkeletonRows } from '../../ui/feedback/states.tsx'
import { plural } from '../../ui/format/size.ts'
import { Bar } from '../../ui/layout/bar.tsx'
import { RowList } from '../../ui/layout/row-list.tsx'
import { SplitPane } from '../../ui/layout/split-pane.tsx'
import { useCursor } from '../../ui/layout/use-cursor.ts'
import { holdsWords } from './catalog-filter.ts'
import { EventTypePane } from './event-type-pane.tsx'
import { NewEventType } from './own/new-event-type.tsx'
import { NewProvider } from './own/new-provider.tsx'
import { NEW, usePlaces } from './places.ts'
import { ProviderPane } from './provider-pane.tsx'
import { ProviderListHeader, ProviderRow } from './provider-row.tsx'

export function CatalogScreen() {
  const { provider = null, type = null } = useParams({ strict: false })
  const { q = '' } = useSearch({ from: '/catalog' })
  const places = usePlaces()
  // What is typed shows at once; the address follows.
  const [words, setWords] = useState(q)
  const find = (text: string): void => {
    setWords(text)
    places.search(text)
  }
  const list = useQuery(useApi().catalog.providers.list.queryOptions({ input: {} }))
  const items = list.data?.items.filter((each) => holdsWords(each, words)) ?? []
  const [cursorId, setCursorId] = useCursor(provider)
  const input = useRef<HTMLInputElement>(null)
  useActions({
    'list.filter': () => input.current?.select(),
    'list.new': () => places.openProvider(NEW),
    'list.close': () => (type === null || provider === null ? places.close() : places.openProvider(provider)),
  })

  return (
    <>
      <Bar label="Catalog">
        <Search aria-hidden="true" size={13} className="shrink-0 text-faint" />
        <input
          ref={input}
          aria-label="Find providers"
          placeholder="Find a provider or an event type"
          spellCheck={false}
          autoComplete="off"
          className="mono h-7 min-w-0 grow bg-transparent outline-none"
          value={words}
          onChange={(event) => find(event.target.value)}
          onKeyDown={(event) => event.key === 'Escape' && input.current?.blur()}
        />
        {words === '' && <Kbd>/</Kbd>}
        <span className="text-muted">{list.data !== undefined && plural(items.length, 'provider')}</span>
        <Button look="primary" onClick={() => places.openProvider(NEW)}>
          <Plus size={13} /> New provider
        </Button>
      </Bar>
      <SplitPane
        name="catalog"
        list={
          list.isPending ? (
            <SkeletonRows rows={12} />
          ) : list.isError && list.data === undefined ? (
            <ErrorState title="The catalog could not be read" error={list.error} onRetry={() => void list.refetch()} />
          ) : items.length === 0 ? (
            <NothingFound words={words} onClear={() => find('')} onCreate={() => places.openProvider(NEW)} />
          ) : (
            <RowList
              label="Providers"
              header={<ProviderListHeader />}
              items={items}
              renderRow={(each) => <ProviderRow provider={each} />}
              cursorId={cursorId}
              onCursor={(id) => {
                setCursorId(id)
                if (provider !== null) places.openProvider(id, true)
              }}
              onOpen={(id) => places.openProvider(id)}
            />
          )
        }
        detail={provider === null ? null : <Detail provider={provider} type={type} />}
      />
    </>
  )
}

function Detail({ provider, type }: { provider: string; type: string | null }) {
  if (provider === NEW) return <NewProvider />
  if (type === null) return <ProviderPane key={provider} id={provider} />
  if (type === NEW) return <NewEventType key={provider} provider={provider} />
  return <EventTypePane key={`${provider}/${type}`} provider={provider} name={type} />
}

function NothingFound({ words, onClear, onCreate }: { words: string; onClear: () => void; onCreate: () => void }) {
  return (
    <div className="flex flex-col items-start gap-2 p-6">
      <p className="font-medium">No provider and no event type is called “{words}”.</p>
      <p className="text-muted">A sender that is not here can be added: say how it signs, and it works everywhere.</p>
      <div className="flex gap-2">
        <Button onClick={onClear}>Show all</Button>
        <Button look="primary" onClick={onCreate}>
          <Plus size={13} /> New provider
        </Button>
      </div>
    </div>
  )
}
