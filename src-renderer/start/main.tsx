import '../styles/theme.css'
import { createRoot } from 'react-dom/client'
import type { StartState } from '#shared/model/start-state.ts'
import { awaitPort } from '../platform/api/port.ts'
import { startTheme } from '../platform/browser/theme.ts'
import { StartPage } from './start-page.tsx'

const place = document.getElementById('root')
if (place === null) throw new Error('the page has no place for the app')
const root = createRoot(place)
startTheme()
root.render(<StartPage state={{ kind: 'starting' }} wish={() => {}} />)
awaitPort((port) => {
  port.onmessage = ({ data }: MessageEvent<string>) => {
    const state = JSON.parse(data) as StartState
    root.render(<StartPage state={state} wish={(wish) => port.postMessage(wish)} />)
  }
})
