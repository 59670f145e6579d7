import { Copy } from 'lucide-react'
import { useState } from 'react'
import { ActionButton } from '../../../ui/controls/action-button.tsx'
import { Button, IconButton } from '../../../ui/controls/button.tsx'
import { Choice } from '../../../ui/controls/choice.tsx'
import { CopyButton } from '../../../ui/controls/copy-button.tsx'
import { Kbd } from '../../../ui/controls/kbd.tsx'
import { Menu, MenuChoice, MenuItem, MenuSeparator } from '../../../ui/controls/menu.tsx'
import { Tabs } from '../../../ui/controls/tabs.tsx'
import { Tooltip } from '../../../ui/controls/tooltip.tsx'
import { Specimen } from '../specimen.tsx'

/** What is pressed. */
export function ControlSpecimens() {
  const [look, setLook] = useState('pretty')
  const [tab, setTab] = useState('payload')
  return (
    <>
      <Specimen name="Button">
        <Button>Plain</Button>
        <Button look="primary">Primary</Button>
        <Button look="danger">Danger</Button>
        <Button look="ghost">Ghost</Button>
        <Button disabled>Disabled</Button>
      </Specimen>
      <Specimen name="IconButton, CopyButton, ActionButton">
        <IconButton label="An icon">
          <Copy size={14} />
        </IconButton>
        <CopyButton text="copied" label="Copy a text" />
        <ActionButton action="endpoint.pause" onAct={() => {}}>
          Pause
        </ActionButton>
        <ActionButton action="endpoint.delete" look="danger" blocked="There is nothing to delete" onAct={() => {}}>
          Delete…
        </ActionButton>
      </Specimen>
      <Specimen name="Choice, Kbd, Tooltip">
        <Choice
          label="Look"
          value={look}
          options={[
            { value: 'pretty', label: 'Pretty' },
            { value: 'raw', label: 'Raw' },
            { value: 'hex', label: 'Hex', disabled: true },
          ]}
          onChange={setLook}
        />
        <Kbd>Ctrl K</Kbd>
        <Tooltip content="What it means">
          <Button>Hover me</Button>
        </Tooltip>
      </Specimen>
      <Specimen name="Menu, MenuItem, MenuChoice, MenuSeparator">
        <Menu label="A menu" trigger={<Button>Open a menu</Button>}>
          <MenuItem>An item</MenuItem>
          <MenuSeparator />
          <MenuChoice
            value={look}
            options={[
              { value: 'pretty', label: 'Pretty' },
              { value: 'raw', label: 'Raw', hint: 'as it came' },
            ]}
            onChange={setLook}
          />
        </Menu>
      </Specimen>
      <Specimen name="Tabs">
        <div className="flex h-24 w-full flex-col">
          <Tabs
            label="A thing"
            value={tab}
            onChange={setTab}
            tabs={[
              { id: 'payload', label: 'Payload', content: () => <p className="p-3">The payload</p> },
              { id: 'deliveries', label: 'Deliveries', count: 3, content: () => <p className="p-3">Three of them</p> },
            ]}
          />
        </div>
      </Specimen>
    </>
  )
}
