import { useState } from 'react'
import type { HeaderList } from '#shared/model/header.ts'
import { Field, SelectField, TextAreaField, TextField } from '../../../ui/controls/field.tsx'
import { RadioRow } from '../../../ui/controls/radio-row.tsx'
import { ReadField } from '../../../ui/controls/read-field.tsx'
import { Toggle } from '../../../ui/controls/toggle.tsx'
import { UrlChoice } from '../../../ui/delivery/url-choice.tsx'
import { HeaderRows } from '../../../ui/editors/header-rows.tsx'
import { JsonArea } from '../../../ui/editors/json-area.tsx'
import { readSpan, writeSpan } from '../../../ui/format/quantities.ts'
import { RateField } from '../../../ui/runs/rate-field.tsx'
import { OverlapField } from '../../../ui/secrets/overlap-field.tsx'
import { PassphraseFields } from '../../../ui/secrets/passphrase-fields.tsx'
import { Specimen } from '../specimen.tsx'

/** What is filled in. */
export function FieldSpecimens({ id }: { id: string }) {
  const [name, setName] = useState('Billing')
  const [isOn, setOn] = useState(true)
  const [waitMs, setWaitMs] = useState(90_000)
  const [headers, setHeaders] = useState<HeaderList>([['X-Env', 'test']])
  const [chosen, setChosen] = useState({ passphrase: '', again: '' })
  const [text, setText] = useState('{\n  "id": 1\n}')
  const [rate, setRate] = useState('20')
  const [url, setUrl] = useState<string | null>('http://localhost:3000')
  return (
    <>
      <Specimen name="TextField, SelectField, TextAreaField, Field">
        <div className="grid w-full grid-cols-2 gap-3">
          <TextField
            label="Name"
            value={name}
            help="Shown in lists."
            onChange={({ target }) => setName(target.value)}
          />
          <TextField label="URL" mono value="htp://" error="This is no URL." readOnly />
          <SelectField label="Kind" defaultValue="a">
            <option value="a">The first</option>
          </SelectField>
          <Field label="Bare">{(attributes) => <input type="date" className="h-7" {...attributes} />}</Field>
          <TextAreaField label="Condition" rows={2} defaultValue='{"body.total": 1}' />
          <ReadField
            label="A span"
            value={waitMs}
            write={writeSpan}
            read={readSpan}
            problem="Write a time with its unit."
            onChange={setWaitMs}
          />
        </div>
      </Specimen>
      <Specimen name="Toggle, RadioRow, UrlChoice, RateField, OverlapField">
        <div className="flex w-full flex-col gap-3">
          <Toggle label="Test mode" help="Sends nothing." checked={isOn} onChange={setOn} />
          <RadioRow name={id} label="Release" help="Sent again." checked={isOn} onChoose={() => setOn(true)} />
          <RadioRow name={id} label="Discard" help="Canceled." checked={!isOn} onChoose={() => setOn(false)} />
          <UrlChoice name={id} label="Another address" help="Any URL." url={url} error={null} onChange={setUrl} />
          <RateField value={rate} onChange={setRate} />
          <OverlapField hours={24} onChange={() => {}} />
        </div>
      </Specimen>
      <Specimen name="HeaderRows, JsonArea, PassphraseFields">
        <div className="flex w-full flex-col gap-3">
          <HeaderRows legend="Headers" headers={headers} onChange={setHeaders} />
          <JsonArea
            label="Sample"
            rows={3}
            value={text}
            problems={[{ line: 2, message: 'This line is only an example of a problem.' }]}
            onChange={setText}
          />
          <PassphraseFields chosen={chosen} error={null} onChange={setChosen} />
        </div>
      </Specimen>
    </>
  )
}
