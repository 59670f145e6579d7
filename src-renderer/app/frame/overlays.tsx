import { useRouterState } from '@tanstack/react-router'
import { lazy, Suspense, useEffect } from 'react'
import { useObservable } from '../../platform/browser/observable.ts'
import { closeOverlay, overlay } from '../../platform/overlays.ts'
import { ShortcutsSheet } from './shortcuts-sheet.tsx'

const ReplayDialog = lazy(() => import('../../features/replay/replay-dialog.tsx'))
const BulkReplayDialog = lazy(() => import('../../features/replay/bulk/bulk-replay-dialog.tsx'))
const ExportDialog = lazy(() => import('../../features/exchange/export-dialog.tsx'))
const NewProject = lazy(() => import('../top-bar/new-project.tsx'))
const Palette = lazy(() => import('../palette/palette.tsx'))
const ResumeDialog = lazy(() => import('../../features/endpoints/resume-dialog.tsx'))

/** The dialogs that more than one screen opens. */
export function Overlays() {
  const open = useObservable(overlay)
  const place = useRouterState({ select: ({ location }) => location.pathname })
  useEffect(() => closeOverlay, [place])
  if (open === null) return null
  return (
    <Suspense>
      {open.kind === 'replay' && (
        <ReplayDialog eventId={open.eventId} endpointId={open.endpointId} onClose={closeOverlay} />
      )}
      {open.kind === 'bulk-replay' && <BulkReplayDialog events={open.events} onClose={closeOverlay} />}
      {open.kind === 'export' && <ExportDialog events={open.events} onClose={closeOverlay} />}
      {open.kind === 'resume' && <ResumeDialog endpointId={open.endpointId} name={open.name} onClose={closeOverlay} />}
      {open.kind === 'new-project' && <NewProject onClose={closeOverlay} />}
      {open.kind === 'palette' && <Palette onClose={closeOverlay} />}
      {open.kind === 'shortcuts' && <ShortcutsSheet onClose={closeOverlay} />}
    </Suspense>
  )
}
