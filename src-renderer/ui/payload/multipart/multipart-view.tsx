import { Download } from 'lucide-react'
import { useMemo, useState } from 'react'
import { download } from '../../../platform/browser/copy.ts'
import { IconButton } from '../../controls/button.tsx'
import { formatBytes, plural } from '../../format/size.ts'
import { type Body, SingleBody } from '../single-body.tsx'
import { HexView } from '../hex-view.tsx'
import { Note } from '../note.tsx'
import { MOST_PARTS, multipartParts, type Part } from './multipart-parts.ts'

/** The parts of a multipart body, the chosen one in its own way; where it has none to show, its bytes. */
export function MultipartView({ bytes, contentType, label }: Omit<Body, 'onFilter'>) {
  const { parts, isCut, problem } = useMemo(() => multipartParts(bytes, contentType), [bytes, contentType])
  const [chosen, setChosen] = useState(0)
  const part = parts[chosen]
  return (
    <>
      {problem !== null && <Note>{problem}</Note>}
      {isCut && <Note>{`Parts, the first ${MOST_PARTS} shown. Download the body to see them all.`}</Note>}
      {part === undefined ? (
        <HexView bytes={bytes} label={label} />
      ) : (
        <>
          <ol aria-label={label} className="max-h-2/5 shrink-0 overflow-y-auto border-b border-line">
            {parts.map((each, index) => (
              <PartRow
                key={index}
                part={each}
                number={index + 1}
                isChosen={index === chosen}
                onChoose={() => setChosen(index)}
              />
            ))}
          </ol>
          <SingleBody
            key={chosen}
            bytes={part.bytes}
            contentType={part.contentType}
            label={`${label}, part ${chosen + 1}`}
          />
        </>
      )}
    </>
  )
}

function PartRow({
  part: { name, fileName, contentType, bytes, headers },
  number,
  isChosen,
  onChoose,
}: {
  part: Part
  number: number
  isChosen: boolean
  onChoose: () => void
}) {
  return (
    <li
      className={`flex items-center border-b border-line/55 pr-2 last:border-b-0 ${isChosen ? 'bg-accent-soft' : ''}`}
    >
      <button
        type="button"
        aria-pressed={isChosen}
        className="flex h-7 min-w-0 grow items-baseline gap-x-3 px-4 text-left text-small leading-7 text-muted"
        onClick={onChoose}
      >
        <span className="mono shrink-0 text-text">{name ?? `part ${number}`}</span>
        {fileName !== null && <span className="mono truncate">{fileName}</span>}
        {contentType !== null && <span className="mono truncate">{contentType}</span>}
        <span className="shrink-0">{formatBytes(bytes.length)}</span>
        <span className="shrink-0 @max-md:hidden">{plural(headers.length, 'header')}</span>
      </button>
      <IconButton
        label={`Download part ${number}`}
        onClick={() => download(`part-${number}.bin`, new Blob([new Uint8Array(bytes)]))}
      >
        <Download size={13} />
      </IconButton>
    </li>
  )
}
