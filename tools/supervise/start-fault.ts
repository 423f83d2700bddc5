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
}
