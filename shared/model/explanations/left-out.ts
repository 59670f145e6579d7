import type { LeftOut } from '../replay.ts'

/** Why events of a replay are not sent, as it is said of several of them. */
export const LEFT_OUT_WORDS: Readonly<Record<LeftOut, string>> = {
  incomplete: 'did not arrive whole',
  handshake: 'were handshakes',
  event_gone: 'were deleted meanwhile',
  no_taker: 'are taken by no endpoint',
  endpoint_gone: 'were for an endpoint that is deleted',
  delivered: 'arrived there already',
  on_its_way: 'are on their way there',
  other_reason: 'stand otherwise than was chosen',
}
