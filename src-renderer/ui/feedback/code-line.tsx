import { CopyButton } from '../controls/copy-button.tsx'

/** A command or an address to take along. */
export function CodeLine({ text, label }: { text: string; label: string }) {
  return (
    <div className="mono flex items-start gap-2 rounded-md border border-line bg-panel py-1.5 pr-1.5 pl-2.5">
      <code className="min-w-0 grow self-center wrap-anywhere whitespace-pre-wrap">{text}</code>
      <CopyButton text={text} label={label} />
    </div>
  )
}
