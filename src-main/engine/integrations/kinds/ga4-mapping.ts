import { READ_DATA } from './shared-parts.ts'

/** Only fields that are known to carry no personal data go on: the destination's terms forbid more. */
export const ga4Mapping = `(
${READ_DATA}
  $plain := $replace($lowercase(type), /[^a-z0-9_]+/, '_');
  $known := {
    'lead': 'generate_lead', 'lead_created': 'generate_lead', 'order_paid': 'purchase', 'order_created': 'purchase',
    'pageview': 'page_view', 'signup': 'sign_up', 'user_created': 'sign_up'
  };
  $name := $first([$lookup($known, $plain), $plain]);
  $value := $first([$data.value, $data.total, $data.amount]);
  {
    'client_id': $string($first([$data.client_id, $data.clientId, $data.session_id, $data.sessionId, id])),
    'user_id': $first([$data.user_id, $data.userId]),
    'timestamp_micros': receivedAtMs * 1000,
    'events': [{
      'name': $substring($match($name, /^[a-z]/) ? $name : 'event_' & $name, 0, 40),
      'params': {
        'transaction_id': $first([$data.transaction_id, $data.transactionId, $data.order_id, $data.orderId]),
        'value': $exists($value) ? $number($value),
        'currency': $first([$data.currency, $data.currencyCode]),
        'coupon': $data.coupon,
        'items': $exists($data.items) ? [$data.items.{
          'item_id': $string($first([item_id, id, sku])),
          'item_name': $first([item_name, name]),
          'price': price,
          'quantity': quantity
        }],
        'page_location': $first([$data.page_location, $data.url, $data.pageUrl]),
        'page_title': $first([$data.page_title, $data.title]),
        'page_referrer': $first([$data.page_referrer, $data.referrer]),
        'session_id': $string($first([$data.session_id, $data.sessionId])),
        'duration_seconds': $first([$data.duration_seconds, $data.durationSeconds, $data.duration]),
        'engagement_time_msec': $first([$data.engagement_time_msec, 1])
      }
    }]
  }
)`
