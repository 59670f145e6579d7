import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { refusalOf } from '../../../platform/api/refusal.ts'
import { useSession } from '../../../platform/api/session.ts'
import { Button } from '../../../ui/controls/button.tsx'
import { SelectField, TextField } from '../../../ui/controls/field.tsx'
import { Dialog, DialogActions, DialogBody } from '../../../ui/feedback/dialog.tsx'
import { showDone } from '../../../ui/feedback/toast.tsx'
import { ValueOnce } from './value-once.tsx'

/** A named secret for an endpoint's URL and headers. */
export function AddSecret({ onAdded, onClose }: { onAdded: (id: string) => void; onClose: () => void }) {
  const { api, queries } = useSession()
  const endpoints = useQuery(api.endpoints.list.queryOptions({ input: {} })).data?.items ?? []
  const [chosen, setChosen] = useState<string | null>(null)
  const [name, setName] = useState('')
  const [value, setValue] = useState('')
  const [owner, setOwner] = useState('')
  const endpointId = chosen ?? endpoints[0]?.id
  const add = useMutation(
    api.vault.secrets.create.mutationOptions({
      gcTime: 0,
      onSuccess: async ({ secret, value: made }) => {
        await Promise.all(
          [api.vault.key(), api.endpoints.key()].map((queryKey) => queries.invalidateQueries({ queryKey })),
        )
        onAdded(secret.id)
        if (made !== null) return
        showDone(`Sealed. Write {secret.${secret.name}} where it is to stand.`)
        onClose()
      },
    }),
  )
  const made = add.data?.value ?? null
  if (made !== null) return <ValueOnce what={`{secret.${name}}`} value={made} onStored={onClose} />
  const refusal = add.error === null ? null : refusalOf(add.error)
  const errorOf = (field: string | null): string | null =>
    refusal !== null && refusal.field === field ? `${refusal.message} ${refusal.hint ?? ''}` : null
  return (
    <Dialog title="Add a secret" onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (endpointId === undefined) return
          add.mutate({
            endpointId,
            name,
            ...(value === '' ? {} : { value }),
            ...(owner.trim() === '' ? {} : { owner }),
          })
        }}
      >
        <DialogBody>
          {endpoints.length === 0 && (
            <p role="alert">Secrets belong to endpoints, and there is none yet: create an endpoint first.</p>
          )}
          <SelectField
            label="Endpoint"
            value={endpointId ?? ''}
            error={errorOf('endpointId')}
            onChange={(event) => setChosen(event.target.value)}
          >
            {endpoints.map((endpoint) => (
              <option key={endpoint.id} value={endpoint.id}>
                {endpoint.name}
              </option>
            ))}
          </SelectField>
          <TextField
            label="Name"
            required
            mono
            data-first
            placeholder="api_token"
            help={<>Stands as {`{secret.${name || 'name'}}`} in the URL and in headers.</>}
            value={name}
            error={errorOf('name') ?? errorOf(null)}
            onChange={(event) => setName(event.target.value)}
          />
          <TextField
            label="Value"
            type="password"
            mono
            placeholder="leave empty to have one made"
            value={value}
            error={errorOf('value')}
            onChange={(event) => setValue(event.target.value)}
          />
          <TextField
            label="Owner"
            placeholder="a person or a team; the endpoint’s, where it is left empty"
            value={owner}
            error={errorOf('owner')}
            onChange={(event) => setOwner(event.target.value)}
          />
        </DialogBody>
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={add.isPending || endpointId === undefined}>
            Seal it
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
