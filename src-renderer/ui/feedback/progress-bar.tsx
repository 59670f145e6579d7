/** How much of something is done. */
export function ProgressBar({ label, value, max }: { label: string; value: number; max: number }) {
  return (
    <progress
      aria-label={label}
      max={Math.max(max, 1)}
      value={max === 0 ? 1 : value}
      className="h-1.5 w-full appearance-none overflow-hidden rounded-sm bg-raise [&::-webkit-progress-bar]:bg-raise [&::-webkit-progress-value]:bg-accent"
    />
  )
}
