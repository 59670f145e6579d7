import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
  retainSearchParams,
} from '@tanstack/react-router'
import { z } from 'zod/mini'
import { InboxScreen } from '../features/inbox/inbox-screen.tsx'
import { Frame } from './frame/frame.tsx'
import { RouteError, RouteMissing } from './route-states.tsx'

const word = z.catch(z.optional(z.string()), undefined)
const InboxSearch = z.object({ filter: word, tab: word })
const CompareSearch = z.object({ left: word, right: word, tab: word })
/** Deliveries, each with the number of an attempt. */
const AnswersSearch = z.object({ left: word, leftAttempt: word, right: word, rightAttempt: word, tab: word })
const DeliveriesSearch = z.object({ filter: word, attempt: word })

const DeadLettersSearch = z.object({ endpoint: word, reason: word, since: word })
const OverviewSearch = z.object({ range: word })
const EndpointsSearch = z.object({ tab: word })
const WorkflowsSearch = z.object({ tab: word })
const ActivitySearch = z.object({
  action: word,
  actor: word,
  target: word,
  outcome: word,
  project: word,
  since: word,
  until: word,
})

/** Which outage is to be recovered. */
const ReplaysSearch = z.object({ endpoint: word, since: word, until: word })
const CatalogSearch = z.object({ q: word, tab: word })

/** Of every place: the project that it is in. */
const AnySearch = z.object({ in: word })

const root = createRootRoute({
  validateSearch: AnySearch,
  search: { middlewares: [retainSearchParams<z.infer<typeof AnySearch>>(['in'])] },
  component: Frame,
  errorComponent: RouteError,
  notFoundComponent: RouteMissing,
})

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/inbox', search: (old: object) => old, replace: true })
  },
})

const inbox = createRoute({
  getParentRoute: () => root,
  path: '/inbox',
  validateSearch: InboxSearch,
  component: InboxScreen,
})
const event = createRoute({ getParentRoute: () => inbox, path: '$eventId' })

const compare = createRoute({
  getParentRoute: () => root,
  path: '/compare',
  validateSearch: CompareSearch,
  component: lazyRouteComponent(() => import('../features/compare/compare-screen.tsx'), 'CompareScreen'),
})

const answers = createRoute({
  getParentRoute: () => root,
  path: '/compare/answers',
  validateSearch: AnswersSearch,
  component: lazyRouteComponent(() => import('../features/compare/answers/answers-screen.tsx'), 'AnswersScreen'),
})

const compose = createRoute({
  getParentRoute: () => root,
  path: '/compose',
  component: lazyRouteComponent(() => import('../features/compose/compose-screen.tsx'), 'ComposeScreen'),
})

const edit = createRoute({
  getParentRoute: () => root,
  path: '/edit/$eventId',
  component: lazyRouteComponent(() => import('../features/replay/edit/edit-screen.tsx'), 'EditScreen'),
})

const exchange = createRoute({
  getParentRoute: () => root,
  path: '/exchange',
  component: lazyRouteComponent(() => import('../features/exchange/exchange-screen.tsx'), 'ExchangeScreen'),
})

const deliveries = createRoute({
  getParentRoute: () => root,
  path: '/deliveries',
  validateSearch: DeliveriesSearch,
  component: lazyRouteComponent(() => import('../features/deliveries/deliveries-screen.tsx'), 'DeliveriesScreen'),
})
const delivery = createRoute({ getParentRoute: () => deliveries, path: '$deliveryId' })

const deadLetters = createRoute({
  getParentRoute: () => root,
  path: '/dead-letters',
  validateSearch: DeadLettersSearch,
  component: lazyRouteComponent(() => import('../features/dead-letters/dead-letters-screen.tsx'), 'DeadLettersScreen'),
})
const deadLetterGroup = createRoute({ getParentRoute: () => deadLetters, path: '$groupId' })

const overview = createRoute({
  getParentRoute: () => root,
  path: '/overview',
  validateSearch: OverviewSearch,
  component: lazyRouteComponent(() => import('../features/overview/overview-screen.tsx'), 'OverviewScreen'),
})

const alerts = createRoute({
  getParentRoute: () => root,
  path: '/alerts',
  component: lazyRouteComponent(() => import('../features/alerts/alerts-screen.tsx'), 'AlertsScreen'),
})
const alertRule = createRoute({ getParentRoute: () => alerts, path: '$ruleId' })

const endpoints = createRoute({
  getParentRoute: () => root,
  path: '/endpoints',
  validateSearch: EndpointsSearch,
  component: lazyRouteComponent(() => import('../features/endpoints/endpoints-screen.tsx'), 'EndpointsScreen'),
})
const endpoint = createRoute({ getParentRoute: () => endpoints, path: '$endpointId' })

const integrations = createRoute({
  getParentRoute: () => root,
  path: '/integrations',
  component: lazyRouteComponent(
    () => import('../features/endpoints/integrations/integrations-screen.tsx'),
    'IntegrationsScreen',
  ),
})
const integration = createRoute({ getParentRoute: () => integrations, path: '$provider' })

const sources = createRoute({
  getParentRoute: () => root,
  path: '/sources',
  component: lazyRouteComponent(() => import('../features/sources/sources-screen.tsx'), 'SourcesScreen'),
})
const source = createRoute({ getParentRoute: () => sources, path: '$sourceId' })

const catalog = createRoute({
  getParentRoute: () => root,
  path: '/catalog',
  validateSearch: CatalogSearch,
  component: lazyRouteComponent(() => import('../features/catalog/catalog-screen.tsx'), 'CatalogScreen'),
})
const catalogProvider = createRoute({ getParentRoute: () => catalog, path: '$provider' })
const catalogType = createRoute({ getParentRoute: () => catalog, path: '$provider/$type' })

const replays = createRoute({
  getParentRoute: () => root,
  path: '/replays',
  validateSearch: ReplaysSearch,
  component: lazyRouteComponent(() => import('../features/replay/replays-screen.tsx'), 'ReplaysScreen'),
})
const replay = createRoute({ getParentRoute: () => replays, path: '$replayId' })

const vault = createRoute({
  getParentRoute: () => root,
  path: '/vault',
  component: lazyRouteComponent(() => import('../features/vault/vault-screen.tsx'), 'VaultScreen'),
})
const vaultSecret = createRoute({ getParentRoute: () => vault, path: '$secretId' })
const activity = createRoute({
  getParentRoute: () => root,
  path: '/activity',
  validateSearch: ActivitySearch,
  component: lazyRouteComponent(() => import('../features/activity/activity-screen.tsx'), 'ActivityScreen'),
})
const credentials = createRoute({
  getParentRoute: () => root,
  path: '/activity/credentials',
  component: lazyRouteComponent(
    () => import('../features/activity/credentials/credentials-screen.tsx'),
    'CredentialsScreen',
  ),
})
const activityEntry = createRoute({ getParentRoute: () => activity, path: '$entry' })

const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  component: lazyRouteComponent(() => import('../features/settings/settings-screen.tsx'), 'SettingsScreen'),
})
const settingsSection = createRoute({ getParentRoute: () => settings, path: '$section' })

const workflows = createRoute({
  getParentRoute: () => root,
  path: '/workflows',
  validateSearch: WorkflowsSearch,
  component: lazyRouteComponent(() => import('../features/workflows/workflows-screen.tsx'), 'WorkflowsScreen'),
})
const workflow = createRoute({ getParentRoute: () => workflows, path: '$workflow' })
const workflowRun = createRoute({ getParentRoute: () => workflows, path: '$workflow/$runId' })

const link = createRoute({
  getParentRoute: () => root,
  path: '/link',
  validateSearch: z.object({ to: word }),
  component: lazyRouteComponent(() => import('../features/links/link-screen.tsx'), 'LinkScreen'),
})
const go = createRoute({
  getParentRoute: () => root,
  path: '/go',
  validateSearch: z.object({ project: word, to: word }),
  component: lazyRouteComponent(() => import('../features/links/go-screen.tsx'), 'GoScreen'),
})

const keys = createRoute({
  getParentRoute: () => root,
  path: '/keys',
  component: lazyRouteComponent(() => import('../features/keys/keys-screen.tsx'), 'KeysScreen'),
})
const key = createRoute({ getParentRoute: () => keys, path: '$keyId' })

const dev = createRoute({
  getParentRoute: () => root,
  path: '/dev/ui',
  component: lazyRouteComponent(() => import('../features/dev/dev-screen.tsx'), 'DevScreen'),
})

function writeSearch(search: Record<string, unknown>): string {
  const words = Object.entries(search).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  return words.length === 0 ? '' : `?${new URLSearchParams(words).toString()}`
}

export const router = createRouter({
  routeTree: root.addChildren([
    home,
    inbox.addChildren([event]),
    compare,
    answers,
    edit,
    compose,
    exchange,
    deliveries.addChildren([delivery]),
    deadLetters.addChildren([deadLetterGroup]),
    overview,
    alerts.addChildren([alertRule]),
    endpoints.addChildren([endpoint]),
    integrations.addChildren([integration]),
    sources.addChildren([source]),
    workflows.addChildren([workflow, workflowRun]),
    replays.addChildren([replay]),
    catalog.addChildren([catalogProvider, catalogType]),
    keys.addChildren([key]),
    vault.addChildren([vaultSecret]),
    activity.addChildren([activityEntry]),
    credentials,
    settings.addChildren([settingsSection]),
    link,
    go,
    dev,
  ]),
  history: createHashHistory(),
  // Every word of an address is a text: a filter `42` is no number, and one in quotes keeps them.
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: writeSearch,
  defaultPreload: 'intent',
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
