/** When the destinations' documents were last read. */
export const CHECKED_ON = '2026-11-28'

/** The event's own data, in an envelope or bare, and how to take the first of several names. */
export const READ_DATA = `  $data := $type(body.data) = 'object' ? body.data : body;
  $first := function($values) { $values[$ != null and $ != ''][0] };`

/** SHA-256 as lower-case hex, after a normalisation. */
export const HEX_SHA256 = '^[a-f0-9]{64}$'
export const CURRENCY = '^[A-Z]{3}$'
