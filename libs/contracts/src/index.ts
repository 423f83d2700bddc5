/**
 * What crosses a wall between processes: HTTP bodies and answers, commands, live state, events.
 * Zod schemas with inferred types; it refuses to do anything, and to show a key in any answer but
 * those of a new stream and a rotated key.
 * Parts: scalars, problem, identity, stream, slate, destination, platform, broadcast, status,
 * preflight, desired, relay-command, incident, live-event, live-warning.
 */
export { cursorQuerySchema, idSchema, pageSchema, timeSchema } from './scalars.ts';
export type { CursorQuery, Page } from './scalars.ts';
export { problemSchema, type FieldFault, type Problem } from './problem.ts';
export { emailSchema, givenPasswordSchema, passwordSchema, setUpBodySchema } from './identity.ts';
export { signInBodySchema, userSchema, type SetUpBody, type User } from './identity.ts';
export type { SignInBody } from './identity.ts';
export { changeStreamBodySchema, createStreamBodySchema, rotateKeyBodySchema } from './stream.ts';
export { rotatedKeySchema, streamSchema, streamWithKeySchema } from './stream.ts';
export type { ChangeStreamBody, CreateStreamBody, RotateKeyBody } from './stream.ts';
export { endBodySchema, nameSchema, switchInputBodySchema, type EndBody } from './stream.ts';
export { inputRoleSchema, takeoverPolicySchema, type SwitchInputBody } from './stream.ts';
export type { InputRole, RotatedKey, Stream, StreamWithKey, TakeoverPolicy } from './stream.ts';
export { SLATE_SIDE_PIXELS_MAX, SLATE_UPLOAD_BYTES_MAX, slateSchema } from './slate.ts';
export type { Slate } from './slate.ts';
export { changeDestinationBodySchema, createDestinationBodySchema } from './destination.ts';
export { destinationSchema, DESTINATIONS_PER_STREAM_MAX } from './destination.ts';
export { resumePolicySchema } from './destination.ts';
export type { ChangeDestinationBody, CreateDestinationBody, Destination } from './destination.ts';
export { platformListSchema, platformSchema, type Platform } from './platform.ts';
export { broadcastDetailSchema, broadcastEventSchema, broadcastSchema } from './broadcast.ts';
export type { AttemptView, Broadcast, BroadcastDetail, BroadcastEvent } from './broadcast.ts';
export { pushStatusSchema, streamStatusSchema } from './status.ts';
export type { IngestStatus, PushError, PushEvidence, PushState, PushStatus } from './status.ts';
export type { HoldStatus, InputStatus, StreamStatus } from './status.ts';
export { preflightResultSchema, type PreflightResult, type PreflightStep } from './preflight.ts';
export { DEFAULT_WORKSPACE_ID, INGEST_KBPS_MAX, type IngestRules } from './desired.ts';
export { desiredStreamSchema, NO_DESTINATION_RULES, NO_STREAM_RULES } from './desired.ts';
export type { DesiredDestination, DesiredStream } from './desired.ts';
export { relayCommandSchema, type RelayCommand } from './relay-command.ts';
export type { IncidentCode } from './incident.ts';
export { liveWarningSchema, type LiveWarning } from './live-warning.ts';
export { liveEventSchema, type LiveEvent } from './live-event.ts';
export type { ChangedEvent, IncidentEvent, StatisticsEvent, StatusEvent } from './live-event.ts';
