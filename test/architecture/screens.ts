/** Where a person does what a clause of a seed system, or of safety, asks for. */
export const SCREENS: Readonly<Record<string, string>> = {
  'CRX-1': 'Catalog',
  'CRX-2': 'Deliveries, an attempt’s request',
  'CRX-3': 'Endpoints, the policy’s time line; Deliveries',
  'CRX-4': 'Endpoints; Deliveries, Retry',
  'CRL-1': 'Keys; Activity, Credentials',
  'CRL-2': 'Workflows',
  'CRL-3': 'Alerts; Dead letters; Vault',
  'CRL-4': 'Catalog',
  'OPS-1': 'Endpoints, Runbook',
  'OPS-2': 'Endpoints, Runbook',
  'OPS-3': 'Endpoints, Runbook, its snapshots',
  'OPS-4': 'Endpoints, the mapping of an integration',
  'OPS-5': 'Endpoints, Runbook',
  'OPS-6': 'Endpoints, Runbook',
  'APC-1': 'Endpoints',
  'APC-2': 'Endpoints, the policy’s time line',
  'APC-3': 'Vault',
  'APC-4': 'Catalog; Sources, Events from pages',
  'LUM-1': 'Settings, Callbacks',
  'LUM-2': 'Deliveries',
  'LUM-3': 'Catalog',
  'SEC-1': 'Keys; the page that asks for a token',
  'SEC-2': 'Endpoints, the URL’s field',
  'SEC-3': 'Vault',
  'SEC-4': 'every screen',
  'SEC-5': 'Activity',
  'SEC-6': 'Settings, Storage',
}

/** Tests that come from outside: over HTTP, over a command, or by a browser. */
export const FROM_OUTSIDE = /^test\/(?:access|api|audit|capture|e2e|hosts|operations|safety|seeds|vault|workflows)\//
