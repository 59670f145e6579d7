export function Brand() {
  return (
    <span className="flex items-center gap-2 font-semibold tracking-tight">
      <svg
        aria-hidden="true"
        width="18"
        height="18"
        viewBox="0 0 18 18"
        fill="none"
        strokeWidth="2"
        strokeLinecap="round"
        className="shrink-0 stroke-accent"
      >
        <path d="M13.5 6.5a5 5 0 1 0 .4 4.6" />
        <path d="M14.6 2.6v4h-4" />
      </svg>
      <span className="max-lg:sr-only">Hookloop</span>
    </span>
  )
}
