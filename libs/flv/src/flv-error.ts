import { CodedError } from '#kernel';

/** Why bytes are no FLV file that we take. Stable: shown, stored and compared. */
export type FlvErrorCode = keyof typeof sentences;

const sentences = {
  FLV_SIGNATURE_MISSING: 'the file does not start with FLV, version 1',
  FLV_HEADER_LENGTH_INVALID: 'the length of the file header cannot be',
  FLV_TAG_TOO_LONG: 'a tag is longer than we take',
  FLV_TAG_ENCRYPTED: 'a tag is encrypted',
  FLV_TRUNCATED: 'the file ends inside a header or tag',
} as const;

export class FlvError extends CodedError<FlvErrorCode> {
  override readonly name = 'FlvError';

  constructor(code: FlvErrorCode) {
    super(code, `FLV: ${sentences[code]}`);
  }
}
