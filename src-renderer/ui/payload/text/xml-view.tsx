import { useEffect, useState } from 'react'
import { Choice } from '../../controls/choice.tsx'
import { TextView } from './text-view.tsx'

/** What is longer is shown as it was sent. */
const LONGEST = 500_000

const LOOKS = [
  { value: 'pretty', label: 'Pretty' },
  { value: 'sent', label: 'As sent' },
] as const

/** XML with its elements on lines of their own, or as it was sent. It is text to us: nothing in it is looked up or run. */
export function XmlView({ text, label }: { text: string; label: string }) {
  const pretty = usePretty(text)
  const [look, setLook] = useState<(typeof LOOKS)[number]['value']>('pretty')
  if (pretty === null) return <TextView text={text} label={label} />
  return (
    <TextView
      key={look}
      text={look === 'pretty' ? pretty : text}
      label={label}
      tools={<Choice label="Show as" value={look} options={LOOKS} onChange={setLook} />}
    />
  )
}

/** Null until it is there, and where the text is no XML. */
function usePretty(text: string): string | null {
  const [pretty, setPretty] = useState<{ of: string; text: string | null } | null>(null)
  useEffect(() => {
    if (text.length > LONGEST) return
    let isWanted = true
    void formatted(text).then((result) => {
      if (isWanted) setPretty({ of: text, text: result })
    })
    return () => void (isWanted = false)
  }, [text])
  return pretty?.of === text ? pretty.text : null
}

async function formatted(text: string): Promise<string | null> {
  const { default: formatXml } = await import('xml-formatter')
  try {
    return formatXml(text, { indentation: '  ', collapseContent: true, lineSeparator: '\n', strictMode: false })
  } catch {
    return null
  }
}
