import type { Refusal } from '../../../platform/api/refusal.ts'

/** Why a replay did not begin, where no field is at fault. */
export function ReplayRefusal({ refusal: { message, hint } }: { refusal: Refusal }) {
  return (
    <p role="alert" className="border-l-2 border-fail bg-fail/9 px-2.5 py-1.5">
      {message} {hint}
    </p>
  )
}
