import { ACTION_GROUPS, ACTION_IDS, actionEntry } from '../../platform/actions/action-table.ts'
import { keyFace } from '../../platform/actions/keys.ts'
import { Kbd } from '../../ui/controls/kbd.tsx'
import { Dialog } from '../../ui/feedback/dialog.tsx'

const WITH_KEYS = ACTION_IDS.map(actionEntry).filter(({ keys }) => keys !== undefined)

/** Every key, by what it acts on. */
export function ShortcutsSheet({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="Keyboard" wide onClose={onClose}>
      <div className="columns-2 gap-8 p-4">
        {ACTION_GROUPS.map((group) => {
          const entries = WITH_KEYS.filter((entry) => entry.group === group)
          if (entries.length === 0) return null
          return (
            <section key={group} className="mb-4 break-inside-avoid">
              <h3 className="mb-1.5 text-small font-medium text-muted">{group}</h3>
              <dl className="grid grid-cols-[1fr_auto] gap-y-1">
                {entries.map(({ name, keys }) => (
                  <div key={name} className="contents">
                    <dt>{name}</dt>
                    <dd className="flex items-center justify-end gap-1">
                      {keys?.map((each) => (
                        <Kbd key={each}>{keyFace(each)}</Kbd>
                      ))}
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          )
        })}
      </div>
    </Dialog>
  )
}
