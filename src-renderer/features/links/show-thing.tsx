import { useRouter } from '@tanstack/react-router'
import { Button } from '../../ui/controls/button.tsx'
import { LinkFacts } from './link-facts.tsx'
import type { DeepLink } from './deep-link.ts'

type Asked = Extract<DeepLink, { kind: 'show' }>

const PLACES: Readonly<Record<Asked['thing'], { word: string; screen: string }>> = {
  event: { word: 'Event', screen: '/inbox' },
  delivery: { word: 'Delivery', screen: '/deliveries' },
  endpoint: { word: 'Endpoint', screen: '/endpoints' },
}

/** Something here that a link points at. */
export function ShowThing({ thing, id, onDiscard }: Asked & { onDiscard: () => void }) {
  const { history } = useRouter()
  const { word, screen } = PLACES[thing]
  return (
    <>
      <LinkFacts
        facts={[
          [
            word,
            <code key="id" className="mono break-all">
              {id}
            </code>,
          ],
        ]}
      />
      <div className="flex gap-2">
        <Button look="primary" onClick={() => history.replace(`${screen}/${id}`)}>
          Show it
        </Button>
        <Button onClick={onDiscard}>Discard the link</Button>
      </div>
    </>
  )
}
