import '../styles/theme.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { pickCarrier } from '../platform/api/carrier.ts'
import { startKeys } from '../platform/actions/keys.ts'
import { startTheme } from '../platform/browser/theme.ts'
import { showError } from '../ui/feedback/toast.tsx'
import { App } from './app.tsx'

const place = document.getElementById('root')
if (place === null) throw new Error('the page has no place for the app')
const root = createRoot(place)
startTheme()
startKeys(showError)
pickCarrier((carrier) =>
  root.render(
    <StrictMode>
      <App carrier={carrier} />
    </StrictMode>,
  ),
)
