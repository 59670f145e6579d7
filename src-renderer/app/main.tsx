import '../styles/theme.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { pickCarrier } from '../platform/api/carrier.ts'
import { startShortcuts } from '../platform/browser/shortcuts.ts'
import { startTheme } from '../platform/browser/theme.ts'
import { App } from './app.tsx'

const place = document.getElementById('root')
if (place === null) throw new Error('the page has no place for the app')
const root = createRoot(place)
startTheme()
startShortcuts()
pickCarrier((carrier) =>
  root.render(
    <StrictMode>
      <App carrier={carrier} />
    </StrictMode>,
  ),
)
