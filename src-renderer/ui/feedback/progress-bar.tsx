/** How much of something is done. */
export function ProgressBar({
  label,
  value,
  max,
  look = '[&::-webkit-progress-value]:bg-accent',
}: {
  label: string
  value: number
  max: number
  /** The classes of its filled part. */
  look?: string
}) {
  return (
    <progress
      aria-label={label}
      max={Math.max(max, 1)}
      value={max === 0 ? 1 : value}
      className={`h-1.5 w-full appearance-none overflow-hidden rounded-sm bg-raise [&::-webkit-progress-bar]:bg-raise ${look}`}
    />
  )
}
