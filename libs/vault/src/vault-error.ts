import { CodedError } from '#kernel';

/** Every fault this room can name. */
export type VaultErrorCode =
  | 'MASTER_KEY_INVALID'
  | 'MASTER_KEY_UNREADABLE'
  | 'SEALED_INVALID'
  | 'SEALED_BY_ANOTHER_KEY'
  | 'SEALED_TAMPERED'
  | 'PASSWORD_HASH_INVALID';

export class VaultError extends CodedError<VaultErrorCode> {
  override readonly name = 'VaultError';
}
