import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type Deeds, useActions } from '../../platform/actions/bound-actions.ts'
import { useCaller } from '../../platform/api/caller.ts'
import { isPaused } from '../../platform/api/live-feed.ts'
import { useApi } from '../../platform/api/session.ts'
import { forgetToken } from '../../platform/api/token.ts'
import { copyText } from '../../platform/browser/copy.ts'
import { chooseTheme } from '../../platform/browser/theme.ts'
import { openOverlay } from '../../platform/overlays.ts'
import { undoLatest } from '../../ui/feedback/notices.ts'
import { showDone, showError } from '../../ui/feedback/toast.tsx'
import { PLACES } from './places.ts'
import { captureSource } from '../top-bar/capture-source.ts'
import { useTimeScale } from '../top-bar/use-time-scale.ts'

/** What can be done on every screen. */
export function FrameActions() {
  useActions({ ...useGoing(), ...useMaking(), ...useWindowDeeds() })
  return null
}

/** Every place of the rail; one that this key may not see says so itself. */
function useGoing(): Deeds {
  const navigate = useNavigate()
  return Object.fromEntries(PLACES.map(({ action, to }) => [action, () => void navigate({ to })]))
}

/** The empty forms, from wherever a person is. */
function useMaking(): Deeds {
  const navigate = useNavigate()
  return {
    'event.compose': () => void navigate({ to: '/compose' }),
    'endpoint.new': () => void navigate({ to: '/endpoints/$endpointId', params: { endpointId: 'new' } }),
    'source.new': () => void navigate({ to: '/sources/$sourceId', params: { sourceId: 'new' } }),
    'catalog.new_provider': () => void navigate({ to: '/catalog/$provider', params: { provider: 'new' } }),
    'workflow.new': () => void navigate({ to: '/workflows/$workflow', params: { workflow: '-' } }),
    'alert.new': () => void navigate({ to: '/alerts/$ruleId', params: { ruleId: 'new' } }),
    'key.new': () => void navigate({ to: '/keys/$keyId', params: { keyId: 'new' } }),
    'replay.begin': () => openOverlay({ kind: 'bulk-replay', events: { filter: '' } }),
    'replay.recover': () => void navigate({ to: '/replays/$replayId', params: { replayId: 'outage' } }),
  }
}

function useWindowDeeds(): Deeds {
  const { setScale } = useTimeScale()
  const caller = useCaller()
  const source = captureSource(useQuery(useApi().sources.list.queryOptions({ input: {} })).data?.items)
  const copyAddress = async (address: string): Promise<void> => {
    if (await copyText(address)) showDone(`Copied ${address}`)
    else showError('The browser did not let us copy. Select the text and copy it by hand.')
  }
  return {
    'window.palette': () => openOverlay({ kind: 'palette' }),
    'window.keys': () => openOverlay({ kind: 'shortcuts' }),
    'window.undo': () => void undoLatest(),
    'window.pause': () => isPaused.set(!isPaused.get()),
    'window.copy_address': {
      run: () => source !== undefined && void copyAddress(source.captureUrl),
      blocked: source === undefined ? 'This project has no source yet' : null,
    },
    'window.new_project': () => openOverlay({ kind: 'new-project' }),
    'window.theme_system': () => chooseTheme('system'),
    'window.theme_light': () => chooseTheme('light'),
    'window.theme_dark': () => chooseTheme('dark'),
    'window.time_1': () => setScale(1),
    'window.time_60': () => setScale(60),
    'window.time_3600': () => setScale(3_600),
    'window.sign_out':
      caller?.kind !== 'key'
        ? undefined
        : () => {
            forgetToken()
            location.reload()
          },
  }
}
