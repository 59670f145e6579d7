import { useState } from 'react'
import { Button } from '../../../ui/controls/button.tsx'
import { TextField } from '../../../ui/controls/field.tsx'
import { Bar } from '../../../ui/layout/bar.tsx'
import { Chip, DetailPane } from '../../../ui/layout/detail-pane.tsx'
import { ListHeader } from '../../../ui/layout/list-header.tsx'
import { PaneForm } from '../../../ui/layout/pane-form.tsx'
import { RowList } from '../../../ui/layout/row-list.tsx'
import { SplitPane } from '../../../ui/layout/split-pane.tsx'
import { Specimen, Stage } from '../specimen.tsx'

const ROWS = ['first', 'second', 'third'].map((id) => ({ id }))
const COLUMNS = 'grid-cols-[1fr_1fr]'

/** Where things stand. */
export function LayoutSpecimens() {
  const [cursor, setCursor] = useState<string | null>('second')
  return (
    <Specimen name="Bar, SplitPane, RowList, ListHeader, DetailPane, Chip, PaneForm">
      <Stage height="h-72">
        <Bar label="Things">
          <span className="grow text-muted">3 things</span>
          <Button look="primary">New thing</Button>
        </Bar>
        <SplitPane
          name="dev"
          list={
            <RowList
              label="Things"
              header={
                <ListHeader columns={COLUMNS}>
                  <span>name</span>
                  <span>state</span>
                </ListHeader>
              }
              items={ROWS}
              cursorId={cursor}
              onCursor={setCursor}
              onOpen={setCursor}
              renderRow={({ id }) => (
                <div className={`grid h-full items-center gap-2.5 px-3 ${COLUMNS}`}>
                  <span>{id}</span>
                  <span className="text-ok">active</span>
                </div>
              )}
            />
          }
          detail={
            <DetailPane title="Second" id="end_01M8000000000000000000" chips={<Chip>active</Chip>} onClose={() => {}}>
              <PaneForm general={null} onSubmit={() => {}} actions={<Button look="primary">Save</Button>}>
                <TextField label="Name" defaultValue="Second" />
              </PaneForm>
            </DetailPane>
          }
        />
      </Stage>
    </Specimen>
  )
}
