import { Kbd } from '../ui/controls/kbd.tsx'
import { Dialog } from '../ui/feedback/dialog.tsx'

const SHEET: readonly { title: string; keys: readonly (readonly [string, string])[] }[] = [
  {
    title: 'Lists',
    keys: [
      ['j / ↓', 'Next row'],
      ['k / ↑', 'Row before'],
      ['Home / End', 'First, last row'],
      ['Enter', 'Open'],
      ['Escape', 'Close what is open'],
      ['/', 'Filter'],
    ],
  },
  {
    title: 'Events',
    keys: [
      ['r', 'Replay'],
      ['c', 'Copy as cURL'],
      ['d', 'Compare with another one'],
    ],
  },
  {
    title: 'Go to',
    keys: [
      ['g i', 'Inbox'],
      ['g d', 'Deliveries'],
      ['g x', 'Dead letters'],
      ['g e', 'Endpoints'],
      ['g n', 'Integrations'],
      ['g s', 'Sources'],
      ['g c', 'Catalog'],
      ['g l', 'Alerts'],
      ['g w', 'Workflows'],
      ['g k', 'Keys'],
      ['g v', 'Vault'],
      ['g a', 'Activity'],
      ['g ,', 'Settings'],
      ['?', 'This sheet'],
    ],
  },
  {
    title: 'Endpoints, Sources, Catalog, Workflows, Vault, Keys',
    keys: [
      ['n', 'New'],
      ['c', 'Copy a source’s address'],
    ],
  },
]

export function ShortcutsSheet({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="Keyboard" onClose={onClose}>
      <div className="columns-2 gap-8 p-4">
        {SHEET.map(({ title, keys }) => (
          <section key={title} className="mb-5 break-inside-avoid">
            <h3 className="mb-2 text-small font-medium text-muted">{title}</h3>
            <dl className="grid grid-cols-[1fr_auto] gap-y-1.5">
              {keys.map(([key, deed]) => (
                <div key={key} className="contents">
                  <dt>{deed}</dt>
                  <dd className="text-right">
                    <Kbd>{key}</Kbd>
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
