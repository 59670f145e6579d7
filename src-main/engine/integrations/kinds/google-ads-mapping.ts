import { READ_DATA } from './shared-parts.ts'

/** One conversion of an event: by its click id, or by hashed e-mail address and phone number. */
export const googleAdsMapping = `(
${READ_DATA}
  $hash := function($value) { $match($value, /^[a-f0-9]{64}$/) ? $value : $sha256($value) };
  $mailbox := function($address) {(
    $text := $lowercase($trim($string($address)));
    $match($text, /@(gmail|googlemail)\\.com$/)
      ? $replace($replace($substringBefore($text, '@'), /\\+.*$/, ''), '.', '') & '@' & $substringAfter($text, '@')
      : $text
  )};
  $digits := function($value) { '+' & $replace($string($value), /[^0-9]/, '') };
  $email := $first([$data.email, $data.em]);
  $phone := $first([$data.phone, $data.ph]);
  $identifiers := [
    $email ? {'hashedEmail': $hash($mailbox($email))},
    $phone ? {'hashedPhoneNumber': $match($string($phone), /^[a-f0-9]{64}$/) ? $phone : $sha256($digits($phone))}
  ];
  $value := $first([$data.value, $data.total, $data.amount]);
  $at := $first([$data.occurred_at, $data.occurredAt]);
  {
    'conversions': [{
      'gclid': $data.gclid,
      'gbraid': $data.gbraid,
      'wbraid': $data.wbraid,
      'conversionAction': 'customers/' & settings.customerId & '/conversionActions/' & settings.conversionActionId,
      'conversionDateTime': $fromMillis(
        $at ? $toMillis($at) : receivedAtMs,
        '[Y0001]-[M01]-[D01] [H01]:[m01]:[s01]+00:00'
      ),
      'conversionValue': $exists($value) ? $number($value),
      'currencyCode': $first([$data.currency, $data.currencyCode]),
      'orderId': $string($first([$data.order_id, $data.orderId, $data.transaction_id, $data.lead_id, id])),
      'userIdentifiers': $count($identifiers) > 0 ? $identifiers,
      'consent': $data.consent
    }],
    'partialFailure': true
  }
)`
