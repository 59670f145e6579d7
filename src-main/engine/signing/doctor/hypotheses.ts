import { charset } from './body/charset.ts'
import { compressed } from './body/compressed.ts'
import { formRewritten } from './body/form-rewritten.ts'
import { jsonRewritten } from './body/json-rewritten.ts'
import { textDamage } from './body/text-damage.ts'
import { copies } from './headers/copies.ts'
import { renamed } from './headers/renamed.ts'
import { signatureForm } from './headers/signature-form.ts'
import { otherAlgorithm } from './scheme/other-algorithm.ts'
import { otherProvider } from './scheme/other-provider.ts'
import { signedContent } from './scheme/signed-content.ts'
import { timestampUnit } from './scheme/timestamp-unit.ts'
import { otherSecrets } from './secret/other-secrets.ts'
import { ownSecrets } from './secret/own-secrets.ts'
import type { Hypothesis } from './subject.ts'
import { urlWritten } from './url/url-written.ts'

/** Everything that is tried, by what it changes. The order is that of the search: cheap and frequent first. */
export const HYPOTHESES: readonly (readonly Hypothesis[])[] = [
  [copies, signatureForm, renamed],
  [ownSecrets, otherSecrets],
  [timestampUnit, otherAlgorithm, signedContent, otherProvider],
  [textDamage, charset, jsonRewritten, formRewritten, compressed],
  [urlWritten],
]
