import { BodyView } from '../../../ui/payload/body-view.tsx'
import { PairsTable } from '../../../ui/payload/pairs-table.tsx'
import { BodyDiff } from '../../../ui/diff/body-diff.tsx'
import { PairsDiffView } from '../../../ui/diff/pairs-diff-view.tsx'
import { CapturedSchema } from '../../../ui/schema/captured-schema.tsx'
import { SchemaView } from '../../../ui/schema/schema-view.tsx'
import { VerificationCode } from '../../../ui/snippets/verification-code.tsx'
import * as samples from '../samples.ts'
import { Specimen, Stage } from '../specimen.tsx'

const BODIES = [
  ['JSON', 'application/json', samples.JSON_BODY],
  ['XML', 'application/xml', samples.XML_BODY],
  ['a form', 'application/x-www-form-urlencoded', samples.FORM_BODY],
  ['multipart', samples.MULTIPART_TYPE, samples.MULTIPART_BODY],
  ['text', 'text/plain', samples.TEXT_AFTER],
  ['bytes', 'application/octet-stream', samples.BINARY_BODY],
] as const
const TITLES = ['Before', 'After'] as const

/** What came, and how two of them differ. */
export function PayloadSpecimens() {
  return (
    <>
      {BODIES.map(([name, contentType, bytes]) => (
        <Specimen key={name} name={`BodyView: ${name}`}>
          <Stage>
            <BodyView label={`Body: ${name}`} contentType={contentType} bytes={bytes} />
          </Stage>
        </Specimen>
      ))}
      <Specimen name="PairsTable">
        <Stage height="h-24">
          <PairsTable
            label="Headers"
            pairs={samples.HEADERS}
            markName={(name) => (name === 'X-Signature' ? 'signature' : null)}
          />
        </Stage>
      </Specimen>
      <Specimen name="BodyDiff: field by field">
        <Stage>
          <BodyDiff titles={TITLES} left={json(samples.JSON_BODY)} right={json(samples.OTHER_BODY)} />
        </Stage>
      </Specimen>
      <Specimen name="BodyDiff: line by line">
        <Stage>
          <BodyDiff titles={TITLES} left={text(samples.TEXT_BEFORE)} right={text(samples.TEXT_AFTER)} />
        </Stage>
      </Specimen>
      <Specimen name="PairsDiffView">
        <Stage height="h-24">
          <PairsDiffView label="Differences" titles={TITLES} pairs={[{ name: 'X-Env', left: 'test', right: null }]} />
        </Stage>
      </Specimen>
      <Specimen name="SchemaView">
        <Stage height="h-72">
          <SchemaView label="Schema" name="Order" schema={samples.SCHEMA} />
        </Stage>
      </Specimen>
      <Specimen name="CapturedSchema">
        <Stage height="h-72">
          <CapturedSchema type="order.paid" provider={null} />
        </Stage>
      </Specimen>
      <Specimen name="VerificationCode">
        <Stage height="h-72">
          <VerificationCode id="github" name="GitHub" />
        </Stage>
      </Specimen>
    </>
  )
}

function json(bytes: Uint8Array) {
  return { bytes, contentType: 'application/json' }
}

function text(bytes: Uint8Array) {
  return { bytes, contentType: 'text/plain' }
}
