import { CodedError } from '#kernel';

/** Why bytes are no AMF0 that we take. Stable: shown, stored and compared. */
export type AmfErrorCode = keyof typeof sentences;

const sentences = {
  AMF_TRUNCATED: 'the value goes on past the end of the input',
  AMF_MARKER_UNKNOWN: 'the type marker is not one of AMF0',
  AMF_OBJECT_END_UNEXPECTED: 'an object end stands where a value should be',
  AMF_REFERENCE_REFUSED: 'references to earlier values are not taken',
  AMF_AMF3_REFUSED: 'a switch to AMF3 is not taken',
  AMF_TOO_DEEP: 'the values are nested too deeply',
  AMF_TOO_MANY_VALUES: 'there are too many values in one message',
  AMF_KEY_TOO_LONG: 'the name of a property is too long',
  AMF_STRING_TOO_LONG: 'a string is too long',
} as const;

export class AmfError extends CodedError<AmfErrorCode> {
  override readonly name = 'AmfError';
  /** Bytes from the start of the input to the value or key at fault. */
  readonly offset: number;

  constructor(code: AmfErrorCode, offset: number) {
    super(code, `AMF0 at byte ${offset}: ${sentences[code]}`);
    this.offset = offset;
  }
}
