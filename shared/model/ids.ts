import { z } from 'zod'

/** The body of every id: a UUIDv7 as 26 Crockford base32 digits, so ids sort by time and hold no full stop. */
const ID_BODY = '[0-9A-HJKMNP-TV-Z]{26}'

function idSchema<P extends string>(prefix: P) {
  return z
    .string()
    .regex(new RegExp(`^${prefix}_${ID_BODY}$`), `must be an id such as ${prefix}_01JD8Z5K3WQ7M0X2T9B4C6E8FA`)
    .brand<P>()
}

export const EventId = idSchema('evt')
export type EventId = z.infer<typeof EventId>
export const DeliveryId = idSchema('dlv')
export type DeliveryId = z.infer<typeof DeliveryId>
export const AttemptId = idSchema('att')
export type AttemptId = z.infer<typeof AttemptId>
export const EndpointId = idSchema('end')
export type EndpointId = z.infer<typeof EndpointId>
export const EndpointVersionId = idSchema('ver')
export type EndpointVersionId = z.infer<typeof EndpointVersionId>
export const SourceId = idSchema('src')
export type SourceId = z.infer<typeof SourceId>
export const ProjectId = idSchema('prj')
export type ProjectId = z.infer<typeof ProjectId>
export const ReplayId = idSchema('rpl')
export type ReplayId = z.infer<typeof ReplayId>
export const SecretId = idSchema('sec')
export type SecretId = z.infer<typeof SecretId>
export const EventTypeId = idSchema('typ')
export type EventTypeId = z.infer<typeof EventTypeId>
export const SenderId = idSchema('snd')
export type SenderId = z.infer<typeof SenderId>
export const BulkRetryId = idSchema('rty')
export type BulkRetryId = z.infer<typeof BulkRetryId>
export const AlertRuleId = idSchema('alr')
export type AlertRuleId = z.infer<typeof AlertRuleId>
export const AlertId = idSchema('alt')
export type AlertId = z.infer<typeof AlertId>
export const WorkflowId = idSchema('wfl')
export type WorkflowId = z.infer<typeof WorkflowId>
export const WorkflowRunId = idSchema('run')
export type WorkflowRunId = z.infer<typeof WorkflowRunId>
export const BackupId = idSchema('bkp')
export type BackupId = z.infer<typeof BackupId>

export const ExportId = idSchema('exp')
export type ExportId = z.infer<typeof ExportId>
export const ImportId = idSchema('imp')
export type ImportId = z.infer<typeof ImportId>

export const KeyId = idSchema('key')
export type KeyId = z.infer<typeof KeyId>
export const SubscriptionId = idSchema('sub')
export type SubscriptionId = z.infer<typeof SubscriptionId>

export const SavedFilterId = idSchema('flt')
export type SavedFilterId = z.infer<typeof SavedFilterId>

export type IdPrefix =
  | 'evt'
  | 'dlv'
  | 'att'
  | 'end'
  | 'ver'
  | 'src'
  | 'prj'
  | 'rpl'
  | 'sec'
  | 'typ'
  | 'snd'
  | 'rty'
  | 'alr'
  | 'alt'
  | 'wfl'
  | 'run'
  | 'bkp'
  | 'exp'
  | 'imp'
  | 'key'
  | 'sub'
  | 'flt'

/** The type of the id that carries `P`. */
export type IdOf<P extends IdPrefix> = {
  evt: EventId
  dlv: DeliveryId
  att: AttemptId
  end: EndpointId
  ver: EndpointVersionId
  src: SourceId
  prj: ProjectId
  rpl: ReplayId
  sec: SecretId
  typ: EventTypeId
  snd: SenderId
  rty: BulkRetryId
  alr: AlertRuleId
  alt: AlertId
  wfl: WorkflowId
  run: WorkflowRunId
  bkp: BackupId
  exp: ExportId
  imp: ImportId
  key: KeyId
  sub: SubscriptionId
  flt: SavedFilterId
}[P]
