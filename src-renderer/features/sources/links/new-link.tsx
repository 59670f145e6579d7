import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { refusalOf } from '../../../platform/api/refusal.ts'
import { useSession } from '../../../platform/api/session.ts'
import { Button } from '../../../ui/controls/button.tsx'
import { SelectField, TextField } from '../../../ui/controls/field.tsx'
import { showDone } from '../../../ui/feedback/toast.tsx'

const EMPTY = { url: '', key: '', remoteSource: '', subscriber: '', group: '', filter: '', start: 'now' }
type Draft = typeof EMPTY
type Name = keyof Draft

/** Subscribes to a source of a relay: what comes there comes here, too. */
export function NewLink({ onCreated, onClose }: { onCreated: (id: string) => void; onClose: () => void }) {
  const { api, queries } = useSession()
  const [draft, setDraft] = useState(EMPTY)
  const create = useMutation(
    api.links.create.mutationOptions({
      onSuccess: async ({ id, name }) => {
        await Promise.all([
          queries.invalidateQueries({ queryKey: api.sources.key() }),
          queries.invalidateQueries({ queryKey: api.links.key() }),
        ])
        showDone(`${name} is fed from the relay.`)
        onCreated(id)
      },
    }),
  )
  const refusal = create.error === null ? null : refusalOf(create.error)
  const words = refusal === null ? null : `${refusal.message} ${refusal.hint ?? ''}`
  const isOfField = refusal?.field !== undefined && refusal.field !== null && refusal.field in EMPTY
  const field = (name: Name) => ({
    value: draft[name],
    error: refusal?.field === name ? words : null,
    onChange: (event: { target: { value: string } }) => setDraft((old) => ({ ...old, [name]: event.target.value })),
  })
  return (
    <form
      className="flex min-h-0 grow flex-col"
      onSubmit={(event) => {
        event.preventDefault()
        create.mutate(toInput(draft))
      }}
    >
      <div className="flex min-h-0 grow flex-col gap-4 overflow-y-auto px-4 py-4">
        <TextField
          label="Relay"
          mono
          required
          data-first
          placeholder="https://hooks.example.com"
          help="The address of its window."
          {...field('url')}
        />
        <TextField
          label="Key"
          mono
          required
          type="password"
          placeholder="hlk_…"
          help="One that the relay made for this machine, with the scope sources:subscribe. It is sealed, and never shown."
          {...field('key')}
        />
        <TextField
          label="Source there"
          mono
          required
          placeholder="shop"
          help="Its slug or id at the relay."
          {...field('remoteSource')}
        />
        <TextField
          label="Subscribe as"
          required
          placeholder="Ada’s laptop"
          help="A name that only this machine has: the relay keeps its place by it."
          {...field('subscriber')}
        />
        <div className="grid grid-cols-2 items-start gap-3">
          <TextField label="Group" placeholder="gets everything" help="Members share its events." {...field('group')} />
          <SelectField label="Begin with" {...field('start')}>
            <option value="now">what comes from now on</option>
            <option value="beginning">the oldest event kept</option>
          </SelectField>
        </div>
        <TextField
          label="Take only"
          mono
          placeholder="type:order.*"
          help="A filter; empty takes all."
          {...field('filter')}
        />
      </div>
      <footer className="flex shrink-0 items-center justify-end gap-2 border-t border-line px-4 py-2.5">
        {words !== null && !isOfField && (
          <p role="alert" className="mr-auto text-fail">
            {words}
          </p>
        )}
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" look="primary" disabled={create.isPending}>
          Subscribe
        </Button>
      </footer>
    </form>
  )
}

function toInput({ url, key, remoteSource, subscriber, group, filter, start }: Draft) {
  return {
    url: url.trim(),
    key: key.trim(),
    remoteSource: remoteSource.trim(),
    subscriber: subscriber.trim(),
    start: start as 'now' | 'beginning',
    ...(group.trim() !== '' && { group: group.trim() }),
    ...(filter.trim() !== '' && { filter: filter.trim() }),
  }
}
