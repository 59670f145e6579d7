import { useState } from 'react'
import type { HeaderList } from '#shared/model/header.ts'
import { useFilter } from '../../../platform/filter/use-filter.ts'
import { BodyEditor } from '../../../ui/editors/code/body-editor.tsx'
import { EditorColumns } from '../../../ui/editors/editor-columns.tsx'
import { MessageTabs } from '../../../ui/editors/message-tabs.tsx'
import { FilterBar } from '../../../ui/filter/filter-bar.tsx'
import { NothingFound } from '../../../ui/filter/nothing-found.tsx'
import { FactList } from '../../../ui/layout/fact-list.tsx'
import { Specimen, Stage } from '../specimen.tsx'

/** What is searched for, and messages under edit. */
export function MessageSpecimens() {
  const [text, setText] = useState('state:failed since:2h')
  const filter = useFilter(text, 'deliveries')
  const [body, setBody] = useState('{\n  "id": "ord_1001"\n}')
  const [headers, setHeaders] = useState<HeaderList>([['X-Env', 'test']])
  return (
    <>
      <Specimen name="FilterBar, FilterInput, FilterMarks, SuggestionList">
        <div className="w-full">
          <FilterBar label="deliveries" filter={filter} placeholder="Filter: state:failed" onChange={setText} />
        </div>
      </Specimen>
      <Specimen name="NothingFound">
        <NothingFound what="delivery" filter={filter} isLooking={false} onClear={() => setText('')}>
          Try a longer time.
        </NothingFound>
      </Specimen>
      <Specimen name="EditorColumns, MessageTabs, BodyEditor, FactList">
        <Stage height="h-72">
          <EditorColumns
            message={
              <MessageTabs
                headers={headers}
                headerError={null}
                headerNote="Host is set by whoever sends."
                onHeaders={setHeaders}
                body={<BodyEditor language="json" value={body} onChange={setBody} />}
              />
            }
            aside={<FactList facts={[['Source', 'inbox']]} />}
          />
        </Stage>
      </Specimen>
    </>
  )
}
