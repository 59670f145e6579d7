import { READ_DATA } from './shared-parts.ts'

/** What identifies a person is normalised and hashed here; a value that is a hash already stays. */
export const metaMapping = `(
${READ_DATA}
  $hash := function($value) {
    $value ? ($match($string($value), /^[a-f0-9]{64}$/) ? $value : $sha256($lowercase($trim($string($value)))))
  };
  $digits := function($value) { $value ? $replace($replace($string($value), /[^0-9]/, ''), /^0+/, '') };
  $some := function($value) { $value ? [$value] };
  $plain := $replace($lowercase(type), /[^a-z0-9_]+/, '_');
  $known := {
    'purchase': 'Purchase', 'order_paid': 'Purchase', 'order_created': 'Purchase', 'lead': 'Lead',
    'lead_created': 'Lead', 'page_view': 'PageView', 'pageview': 'PageView', 'sign_up': 'CompleteRegistration',
    'signup': 'CompleteRegistration', 'add_to_cart': 'AddToCart', 'begin_checkout': 'InitiateCheckout',
    'call_started': 'Contact'
  };
  $url := $first([$data.event_source_url, $data.page_location, $data.url, $data.pageUrl]);
  $agent := $first([$data.client_user_agent, $data.user_agent, $data.userAgent]);
  $value := $first([$data.value, $data.total, $data.amount]);
  $email := $hash($first([$data.email, $data.em]));
  $phone := $hash($digits($first([$data.phone, $data.ph])));
  $first_name := $hash($first([$data.first_name, $data.firstName]));
  $last_name := $hash($first([$data.last_name, $data.lastName]));
  $person := $hash($first([$data.external_id, $data.user_id, $data.userId]));
  {
    'data': [{
      'event_name': $first([$lookup($known, $plain), type]),
      'event_time': $floor(receivedAtMs / 1000),
      'event_id': $string($first([$data.event_id, $data.eventId, id])),
      'action_source': $first([
        $data.action_source,
        $url and $agent ? 'website',
        $match($plain, /^call_/) ? 'phone_call',
        'system_generated'
      ]),
      'event_source_url': $url,
      'user_data': {
        'em': $some($email),
        'ph': $some($phone),
        'fn': $some($first_name),
        'ln': $some($last_name),
        'external_id': $some($person),
        'client_ip_address': $first([$data.client_ip_address, $data.ip]),
        'client_user_agent': $agent,
        'fbc': $data.fbc,
        'fbp': $data.fbp
      },
      'custom_data': {
        'value': $exists($value) ? $number($value),
        'currency': $first([$data.currency, $data.currencyCode]),
        'order_id': $first([$data.order_id, $data.orderId, $data.transaction_id]),
        'contents': $exists($data.items) ? [$data.items.{
          'id': $string($first([id, item_id, sku])),
          'quantity': quantity,
          'item_price': $first([item_price, price])
        }]
      }
    }],
    'test_event_code': settings.testEventCode
  }
)`
