import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { EventTypeView } from '#shared/contract/catalog/event-types.ts'
import { useApi } from '../../../platform/api/session.ts'
import { recall, remember } from '../../../platform/browser/remembered.ts'
import { refusalOf } from '../../../platform/api/refusal.ts'
import { Button } from '../../../ui/controls/button.tsx'
import { TextField } from '../../../ui/controls/field.tsx'
import { JsonArea } from '../../../ui/editors/json-area.tsx'
import { readJson } from '../../../ui/payload/json-places.ts'
import { SendResult } from './send-result.tsx'
import { type SendAim, SendTarget } from './send-target.tsx'

const LAST_URL = 'trigger.url'
const FIELDS = ['url', 'endpointId', 'secret', 'data']

/** Sends the event type as its provider would, to a person's choice, and follows what becomes of it. */
export function SendForm({ type }: { type: EventTypeView }) {
  const api = useApi()
  const provider = useQuery(api.catalog.providers.get.queryOptions({ input: { id: type.provider } })).data
  const sample = JSON.stringify(type.sample, null, 2)
  const [aim, setAim] = useState<SendAim>({ kind: 'url', url: recall(LAST_URL) ?? '' })
  const [secret, setSecret] = useState('')
  const [text, setText] = useState(sample)
  const data = readJson(text)
  const trigger = useMutation(
    api.catalog.trigger.mutationOptions({
      // The next send can use the same secret, which the receiver knows by then.
      onSuccess: (sent) => sent.secret !== null && setSecret(sent.secret),
    }),
  )
  const refusal = trigger.error === null ? null : refusalOf(trigger.error)
  const errorOf = (field: string): string | null =>
    refusal?.field === field ? `${refusal.message} ${refusal.hint ?? ''}` : null
  const isReady = 'value' in data && (aim.kind === 'url' ? aim.url !== '' : aim.endpointId !== '')

  function send(): void {
    if (!('value' in data)) return
    if (aim.kind === 'url') remember(LAST_URL, aim.url)
    trigger.mutate({
      provider: type.provider,
      type: type.name,
      ...(aim.kind === 'url' ? { url: aim.url } : { endpointId: aim.endpointId }),
      ...(secret !== '' && { secret }),
      // The sample as it is gets a fresh message id each time.
      ...(text !== sample && { data: data.value as EventTypeView['sample'] }),
    })
  }

  return (
    <form
      className="flex min-h-0 grow flex-col gap-4 overflow-y-auto px-4 py-3"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <SendTarget aim={aim} errorOf={errorOf} onChange={setAim} />
      {provider?.signs === true && (
        <TextField
          label="Secret"
          mono
          type="password"
          placeholder={aim.kind === 'url' ? 'Made for you' : 'The endpoint’s own'}
          help={`What the receiver verifies ${provider.name} with. ${aim.kind === 'url' ? 'Leave it empty to have one made.' : 'Leave it empty to use the endpoint’s own.'}`}
          value={secret}
          error={errorOf('secret')}
          onChange={(event) => setSecret(event.target.value)}
        />
      )}
      <JsonArea
        label="Body"
        rows={10}
        help={text === sample ? 'Sent with a fresh message id each time.' : 'Sent as you wrote it.'}
        value={text}
        problems={'value' in data ? [] : [data]}
        onChange={setText}
      />
      {refusal !== null && !FIELDS.includes(refusal.field ?? '') && (
        <p role="alert" className="border-l-2 border-fail bg-fail/9 px-2.5 py-1.5">
          {refusal.message} {refusal.hint}
        </p>
      )}
      <div className="flex items-center gap-2">
        <Button type="submit" look="primary" disabled={!isReady || trigger.isPending}>
          Send
        </Button>
        {text !== sample && <Button onClick={() => setText(sample)}>Back to the sample</Button>}
      </div>
      {trigger.data !== undefined && <SendResult sent={trigger.data} />}
    </form>
  )
}
