import { CodedError } from '#kernel';

export type StartFaultCode =
  | 'SETTING_INVALID'
  | 'ALREADY_RUNNING'
  | 'PORT_TAKEN'
  | 'PROGRAM_MISSING'
  | 'SERVICE_UNREACHABLE'
  | 'BUILD_FAILED'
  | 'PROCESS_ENDED'
  | 'PROCESS_NOT_READY';

/** Why the product cannot start, in sentences for the person at the terminal: one line each. */
export class StartFault extends CodedError<StartFaultCode> {
  override readonly name = 'StartFault';
  /** Whether the terminal has shown the reason already, in the words of the app that gave it. */
  readonly isSaid: boolean;

  constructor(
    code: StartFaultCode,
    message: string,
    options: { readonly cause?: unknown; readonly isSaid?: boolean } = {},
  ) {
    super(code, message, options);
    this.isSaid = options.isSaid ?? false;
  }
}
