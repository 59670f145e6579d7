/** One thing that a person can do. */
export interface ActionEntry {
  /** As the palette and the sheet of keys call it. */
  name: string
  group: ActionGroup
  /** `j`, `ArrowDown`, `X` for shift and x, `g i` for two in a row, `mod+k` with ⌘ or Ctrl; the first one is shown. */
  keys?: readonly string[]
  /** Only of use by its key: the palette leaves it out. */
  isKeyOnly?: true
  /** Its key counts while a person types, too. */
  isAnywhere?: true
}

/** In the order in which the sheet of keys shows them. */
export const ACTION_GROUPS = [
  'Window',
  'Lists',
  'Event',
  'Selection',
  'Delivery',
  'Dead letters',
  'Replay',
  'Endpoint',
  'Source',
  'Catalog',
  'Workflow',
  'Alert',
  'Vault',
  'Key',
  'Activity',
  'Go to',
] as const
export type ActionGroup = (typeof ACTION_GROUPS)[number]

/**
 * Every action of the window with its name and its keys: the keyboard, the palette and the sheet of keys read this one
 * table. A screen says with `useActions` what each of its actions does, for as long as it is open.
 */
export const ACTIONS = {
  'window.palette': {
    name: 'Find a place or an action',
    group: 'Window',
    keys: ['mod+k'],
    isKeyOnly: true,
    isAnywhere: true,
  },
  'window.keys': { name: 'Show the keys', group: 'Window', keys: ['?'] },
  'window.undo': { name: 'Undo what a notice tells of', group: 'Window', keys: ['z'] },
  'window.pause': { name: 'Pause or show new rows', group: 'Window' },
  'window.copy_address': { name: 'Copy the capture address', group: 'Window' },
  'window.new_project': { name: 'New project…', group: 'Window' },
  'window.theme_system': { name: 'Theme: as the system', group: 'Window' },
  'window.theme_light': { name: 'Theme: light', group: 'Window' },
  'window.theme_dark': { name: 'Theme: dark', group: 'Window' },
  'window.time_1': { name: 'Time ×1: waits as they are', group: 'Window' },
  'window.time_60': { name: 'Time ×60: an hour in a minute', group: 'Window' },
  'window.time_3600': { name: 'Time ×3600: an hour in a second', group: 'Window' },
  'window.sign_out': { name: 'Sign out', group: 'Window' },

  'list.next': { name: 'Next row', group: 'Lists', keys: ['j', 'ArrowDown'], isKeyOnly: true },
  'list.before': { name: 'Row before', group: 'Lists', keys: ['k', 'ArrowUp'], isKeyOnly: true },
  'list.page_down': { name: 'A page down', group: 'Lists', keys: ['PageDown'], isKeyOnly: true },
  'list.page_up': { name: 'A page up', group: 'Lists', keys: ['PageUp'], isKeyOnly: true },
  'list.first': { name: 'First row', group: 'Lists', keys: ['Home'], isKeyOnly: true },
  'list.last': { name: 'Last row', group: 'Lists', keys: ['End'], isKeyOnly: true },
  'list.open': { name: 'Open the row', group: 'Lists', keys: ['Enter'], isKeyOnly: true },
  'list.close': { name: 'Close what is open', group: 'Lists', keys: ['Escape'], isKeyOnly: true },
  'list.filter': { name: 'Filter', group: 'Lists', keys: ['/'] },
  'filter.save': { name: 'Save this filter…', group: 'Lists' },
  'list.new': { name: 'New, on screens that make something', group: 'Lists', keys: ['n'], isKeyOnly: true },

  'event.replay': { name: 'Replay the event…', group: 'Event', keys: ['r'] },
  'event.edit': { name: 'Edit and replay the event…', group: 'Event', keys: ['e'] },
  'event.compose': { name: 'Compose an event', group: 'Event' },
  'event.copy_curl': { name: 'Copy the event as cURL', group: 'Event', keys: ['c'] },
  'event.compare': { name: 'Compare the event with another one', group: 'Event', keys: ['d'] },
  'event.copy_as': { name: 'Copy the event as a command…', group: 'Event' },
  'event.export': { name: 'Export the event…', group: 'Event' },
  'events.replay': { name: 'Replay the events shown…', group: 'Event', keys: ['R'] },
  'events.export': { name: 'Export the events shown…', group: 'Event' },
  'events.import': { name: 'Import a HAR or JSON Lines…', group: 'Event' },
  'event.delete': { name: 'Delete the event', group: 'Event', keys: ['#'] },
  'event.mark_unread': { name: 'Mark the event as unread', group: 'Event', keys: ['u'] },
  'events.mark_read': { name: 'Mark the events shown as read', group: 'Event' },
  'events.clear': { name: 'Delete the events shown…', group: 'Event' },

  'selection.toggle': { name: 'Select the row', group: 'Selection', keys: ['x'], isKeyOnly: true },
  'selection.range': { name: 'Select up to the row', group: 'Selection', keys: ['X'], isKeyOnly: true },
  'selection.all': { name: 'Select all that match', group: 'Selection', keys: ['A'] },
  'selection.replay': { name: 'Replay the selection…', group: 'Selection', keys: ['R'] },
  'selection.read': { name: 'Mark the selection as read', group: 'Selection', keys: ['I'] },
  'selection.unread': { name: 'Mark the selection as unread', group: 'Selection', keys: ['U'] },
  'selection.export': { name: 'Export the selection…', group: 'Selection' },
  'selection.delete': { name: 'Delete the selection', group: 'Selection', keys: ['#'] },

  'message.send': { name: 'Send what is written', group: 'Event', keys: ['mod+enter'], isAnywhere: true },
  'message.empty': { name: 'Start over', group: 'Event' },
  'message.revert': { name: 'Revert to the original', group: 'Event' },

  'delivery.replay': { name: 'Replay the delivery’s event…', group: 'Delivery', keys: ['r'] },
  'delivery.retry': { name: 'Retry the delivery', group: 'Delivery', keys: ['t'] },
  'delivery.run_now': { name: 'Run the next attempt now', group: 'Delivery', keys: ['t'] },
  'delivery.release': { name: 'Release the delivery', group: 'Delivery', keys: ['t'] },
  'delivery.compare': { name: 'Compare its answer with the one before', group: 'Delivery', keys: ['d'] },
  'delivery.cancel': { name: 'Cancel the delivery', group: 'Delivery' },

  'dead_letters.retry_all': { name: 'Retry all dead letters shown…', group: 'Dead letters', keys: ['r'] },
  'dead_letters.retry_group': { name: 'Retry the whole group…', group: 'Dead letters', keys: ['t'] },
  'dead_letters.retry_selected': { name: 'Retry the selected dead letters…', group: 'Dead letters' },

  'replay.begin': { name: 'Replay by filter or time…', group: 'Replay' },
  'replay.recover': { name: 'Recover an outage…', group: 'Replay' },
  'replay.pause': { name: 'Pause the replay', group: 'Replay', keys: ['p'] },
  'replay.resume': { name: 'Go on with the replay', group: 'Replay', keys: ['p'] },
  'replay.cancel': { name: 'Cancel the replay…', group: 'Replay' },

  'endpoint.new': { name: 'New endpoint', group: 'Endpoint' },
  'endpoint.pause': { name: 'Pause the endpoint', group: 'Endpoint' },
  'endpoint.resume': { name: 'Resume the endpoint…', group: 'Endpoint' },
  'endpoint.rotate': { name: 'Rotate the endpoint’s secret…', group: 'Endpoint' },
  'endpoint.delete': { name: 'Delete the endpoint…', group: 'Endpoint' },
  'endpoint.settings': { name: 'Show the endpoint’s settings', group: 'Endpoint' },
  'endpoint.runbook': { name: 'Show the endpoint’s runbook', group: 'Endpoint' },

  'source.new': { name: 'New source', group: 'Source' },
  'source.copy_address': { name: 'Copy the source’s address', group: 'Source', keys: ['c'] },
  'source.delete': { name: 'Delete the source…', group: 'Source' },

  'catalog.new_provider': { name: 'New provider', group: 'Catalog' },
  'catalog.new_type': { name: 'New event type', group: 'Catalog' },
  'catalog.send': { name: 'Send this event type…', group: 'Catalog' },
  'catalog.delete': { name: 'Delete from the catalog…', group: 'Catalog' },

  'workflow.new': { name: 'New workflow', group: 'Workflow' },
  'workflow.run': { name: 'Run the workflow', group: 'Workflow', keys: ['r'] },
  'workflow.delete': { name: 'Delete the workflow…', group: 'Workflow' },
  'run.cancel': { name: 'Cancel the run', group: 'Workflow' },
  'run.retry': { name: 'Run the failed targets again', group: 'Workflow' },

  'alert.new': { name: 'New alert', group: 'Alert' },
  'alert.delete': { name: 'Delete the alert…', group: 'Alert' },

  'secret.add': { name: 'Add a secret…', group: 'Vault' },
  'secret.rotate': { name: 'Rotate the secret…', group: 'Vault' },
  'secret.remove': { name: 'Remove the secret…', group: 'Vault' },
  'vault.keep_key': { name: 'Give the key of the vault to another keeper…', group: 'Vault' },
  'vault.change_keys': { name: 'Change the keys of the vault…', group: 'Vault' },

  'key.new': { name: 'New key', group: 'Key' },
  'key.rotate': { name: 'Rotate the key…', group: 'Key' },
  'key.revoke': { name: 'Revoke the key…', group: 'Key' },

  'activity.check': { name: 'Check the audit log…', group: 'Activity' },
  'backup.create': { name: 'Back up now', group: 'Activity' },

  'go.inbox': { name: 'Inbox', group: 'Go to', keys: ['g i'] },
  'go.deliveries': { name: 'Deliveries', group: 'Go to', keys: ['g d'] },
  'go.dead_letters': { name: 'Dead letters', group: 'Go to', keys: ['g x'] },
  'go.endpoints': { name: 'Endpoints', group: 'Go to', keys: ['g e'] },
  'go.integrations': { name: 'Integrations', group: 'Go to', keys: ['g n'] },
  'go.sources': { name: 'Sources', group: 'Go to', keys: ['g s'] },
  'go.catalog': { name: 'Catalog', group: 'Go to', keys: ['g c'] },
  'go.replays': { name: 'Replays', group: 'Go to', keys: ['g r'] },
  'go.workflows': { name: 'Workflows', group: 'Go to', keys: ['g w'] },
  'go.overview': { name: 'Overview', group: 'Go to', keys: ['g o'] },
  'go.alerts': { name: 'Alerts', group: 'Go to', keys: ['g l'] },
  'go.vault': { name: 'Vault', group: 'Go to', keys: ['g v'] },
  'go.keys': { name: 'Keys', group: 'Go to', keys: ['g k'] },
  'go.activity': { name: 'Activity', group: 'Go to', keys: ['g a'] },
  'go.settings': { name: 'Settings', group: 'Go to', keys: ['g ,'] },
} as const satisfies Record<string, ActionEntry>

export type ActionId = keyof typeof ACTIONS

/** What the table says of an action. */
export function actionEntry(id: ActionId): ActionEntry {
  return ACTIONS[id]
}

export const ACTION_IDS = Object.keys(ACTIONS) as readonly ActionId[]
