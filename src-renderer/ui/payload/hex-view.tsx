import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef } from 'react'

const PER_ROW = 16
const ROW_PX = 19

function hexOf(bytes: Uint8Array): string {
  const pairs = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'))
  return [pairs.slice(0, 8).join(' '), pairs.slice(8).join(' ')].join('  ').padEnd(PER_ROW * 3)
}

function asciiOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·')).join('')
}

/** Bytes as offsets, hex and ASCII. */
export function HexView({ bytes, label }: { bytes: Uint8Array; label: string }) {
  const scroller = useRef<HTMLDivElement>(null)
  const virtualizer = useVirtualizer({
    count: Math.ceil(bytes.length / PER_ROW),
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 20,
    paddingStart: 10,
    paddingEnd: 16,
  })
  return (
    <div ref={scroller} role="region" aria-label={label} tabIndex={0} className="mono min-h-0 grow overflow-auto">
      <div className="relative min-w-[82ch]" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map((row) => {
          const part = bytes.subarray(row.index * PER_ROW, (row.index + 1) * PER_ROW)
          return (
            <div key={row.key} className="absolute flex gap-5 pl-4 whitespace-pre" style={{ top: row.start }}>
              <span className="text-faint select-none">{(row.index * PER_ROW).toString(16).padStart(8, '0')}</span>
              <span>{hexOf(part)}</span>
              <span className="text-string">{asciiOf(part)}</span>
            </div>
          )
        })}
      </div>
    </div>
  )
}
