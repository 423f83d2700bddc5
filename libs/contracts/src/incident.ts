/** What the timeline of a broadcast tells of the broadcast, its encoders and its pushes. */
export const INCIDENT_CODES = [
  'BROADCAST_STARTED',
  'BROADCAST_ENDED',
  'BROADCAST_MOVED',
  'RELAY_RESTARTED',
  'ENCODER_LOST',
  'ENCODER_FROZEN',
  'ENCODER_RETURNED',
  'ENCODER_TAKEN_OVER',
  'ENCODER_REFUSED',
  'ENCODERS_FIGHT',
  'INPUT_STANDBY',
  'INPUT_LOST',
  'INPUT_SWITCHED',
  'INPUT_PARAMETERS_CHANGED',
  'HOLD_STARTED',
  'HOLD_REDUCED',
  'SLATE_UNUSABLE',
  'PUSH_LIVE',
  'PUSH_DEGRADED',
  'PUSH_RECOVERED',
  'PUSH_STOPPED',
  'PUSH_DRAINING',
  'PUSH_RESUMED',
  'PUSH_DELAYED',
  'DELAY_SHORTENED',
  'PUSH_BACKUP_URL',
  'PUSH_MAIN_URL',
] as const;

/** A push that fails is told with the code of its failure, which is none of these. */
export type IncidentCode = (typeof INCIDENT_CODES)[number];
