import { CodedError } from '#kernel';

/** Every fault this room can name. */
export type PersistenceErrorCode =
  /** Postgres did not answer in time, refused, or went away. Later may be better. */
  | 'DATABASE_UNAVAILABLE'
  /** A row with this unique value exists. */
  | 'ROW_EXISTS'
  /** It has been changed since the version that the caller had seen. */
  | 'VERSION_OTHER'
  /** A page cursor that this room did not make. */
  | 'CURSOR_INVALID'
  /** A migration stopped in the middle, under another tool; a person must look. */
  | 'MIGRATION_UNFINISHED'
  /** A migration that was applied has been changed since. */
  | 'MIGRATION_EDITED'
  /** Postgres refused a migration; nothing of it remains. */
  | 'MIGRATION_REFUSED';

export class PersistenceError extends CodedError<PersistenceErrorCode> {
  override readonly name = 'PersistenceError';
}
