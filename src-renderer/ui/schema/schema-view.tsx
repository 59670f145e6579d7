import { useState } from 'react'
import { typescriptOf } from '#shared/model/schema/typescript-of.ts'
import type { JsonSchema } from '#shared/model/own-event-type.ts'
import { recall, remember } from '../../platform/browser/remembered.ts'
import { Choice } from '../controls/choice.tsx'
import { CopyButton } from '../controls/copy-button.tsx'
import { JsonView } from '../payload/json/json-view.tsx'
import { TextView } from '../payload/text/text-view.tsx'

const LOOKS = [
  { value: 'schema', label: 'JSON Schema' },
  { value: 'typescript', label: 'TypeScript' },
] as const
type Look = (typeof LOOKS)[number]['value']
const REMEMBERED = 'schema.look'

/** A schema as it is, or as the TypeScript that stands for it. */
export function SchemaView({ schema, name, label }: { schema: JsonSchema; name: string; label: string }) {
  const [look, setLook] = useState<Look>(() => (recall(REMEMBERED) === 'typescript' ? 'typescript' : 'schema'))
  const text = look === 'schema' ? JSON.stringify(schema, null, 2) : typescriptOf(schema, name)
  return (
    <div className="flex min-h-60 grow flex-col">
      <div className="flex shrink-0 items-center gap-2 px-4 py-1.5">
        <Choice
          label={`Show the ${label.toLowerCase()} as`}
          value={look}
          options={LOOKS}
          onChange={(next) => {
            setLook(next)
            remember(REMEMBERED, next)
          }}
        />
        <span className="grow" />
        <CopyButton text={text} label={look === 'schema' ? 'Copy the schema' : 'Copy the types'} />
      </div>
      {look === 'schema' ? <JsonView label={label} text={text} /> : <TextView label={label} text={text} />}
    </div>
  )
}
