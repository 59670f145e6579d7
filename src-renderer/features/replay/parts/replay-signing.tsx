import { useQuery } from '@tanstack/react-query'
import { useApi } from '../../../platform/api/session.ts'
import { SelectField } from '../../../ui/controls/field.tsx'
import { RadioRow } from '../../../ui/controls/radio-row.tsx'
import type { Signing } from './signing.ts'

/** Whether it is signed anew; and, to an address that is no endpoint, by whom. */
export function ReplaySigning({
  signing,
  isToAddress,
  sourceWords = 'As the sender that each event’s source names, with the source’s secret. The dry run counts those without one.',
  onChange,
}: {
  signing: Signing
  isToAddress: boolean
  /** What signing by the source means for what is replayed. */
  sourceWords?: string
  onChange: (signing: Signing) => void
}) {
  const { resign } = signing
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1.5 text-small font-medium">Signature</legend>
      <RadioRow
        name="signing"
        label="Sign anew"
        help={
          isToAddress
            ? 'With the time of now, so that it verifies.'
            : 'With the endpoint’s own secret and the time of now, so that it verifies.'
        }
        checked={resign}
        onChoose={() => onChange({ ...signing, resign: true })}
      />
      {isToAddress && resign && <Signer signing={signing} sourceWords={sourceWords} onChange={onChange} />}
      <RadioRow
        name="signing"
        label="Keep the original"
        help="Headers and signature as they came. A receiver that checks the time may refuse them."
        checked={!resign}
        onChoose={() => onChange({ ...signing, resign: false })}
      />
    </fieldset>
  )
}

function Signer({
  signing,
  sourceWords,
  onChange,
}: {
  signing: Signing
  sourceWords: string
  onChange: (signing: Signing) => void
}) {
  const endpoints = useQuery(useApi().endpoints.list.queryOptions({ input: {} })).data?.items ?? []
  const { signAs } = signing
  return (
    <div className="pl-6">
      <SelectField
        label="Signed as"
        value={signAs}
        help={helpOf(signAs, sourceWords)}
        onChange={(event) => onChange({ ...signing, signAs: event.target.value })}
      >
        <option value="source">The sender of its source</option>
        {endpoints
          .filter(({ signedBy }) => signedBy !== 'none')
          .map(({ id, name, signedBy }) => (
            <option key={id} value={id}>
              The endpoint {name} ({signedBy})
            </option>
          ))}
        <option value="nobody">Nobody: unsigned</option>
      </SelectField>
    </div>
  )
}

function helpOf(signAs: string, sourceWords: string): string {
  if (signAs === 'source') return sourceWords
  if (signAs === 'nobody') return 'It goes out with the headers that it came with, and is not signed anew.'
  return 'With that endpoint’s secret, as if it went there.'
}
