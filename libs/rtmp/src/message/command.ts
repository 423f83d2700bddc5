import { AMF_LIMITS, AmfError, decodeAmf0, decodeAmf0Leniently, encodeAmf0 } from '#amf';
import type { AmfLimits, AmfValue } from '#amf';

import { RtmpError } from '../rtmp-error.ts';
import { MessageType } from './message-type.ts';

/** A command message, RTMP 1.0 section 7.1.1. Nothing about the values is known but their place. */
export interface Command {
  readonly name: string;
  /** 0 where no answer is expected, and where there was no number. */
  readonly transactionId: number;
  /** The command object, or null. */
  readonly object: AmfValue;
  readonly parameters: readonly AmfValue[];
}

/** Tighter than what metadata may have: a command holds some names and flags. */
export const COMMAND_LIMITS: AmfLimits = {
  ...AMF_LIMITS,
  valuesMax: 512,
  stringBytesMax: 8 * 1024,
};

/** What stands before the AMF0 values of the AMF3 kinds of command and data. */
const AMF3_FORMAT = 0;

/**
 * @param payload borrowed until return; no value keeps a view of it
 * @throws {RtmpError} RTMP_COMMAND_MALFORMED
 */
export function decodeCommand(type: number, payload: Uint8Array): Command {
  const command = commandOf(decodeValues(amf0Of(type, payload)));
  if (command === undefined) throw new RtmpError('RTMP_COMMAND_MALFORMED');
  return command;
}

/** As much as can be read of a command that is not worth a connection; undefined without a name. */
export function decodeCommandLeniently(type: number, payload: Uint8Array): Command | undefined {
  return commandOf(decodeAmf0Leniently(amf0Of(type, payload), COMMAND_LIMITS));
}

/** The payload of a command message of type 20. */
export function encodeCommand(
  name: string,
  transactionId: number,
  ...values: readonly AmfValue[]
): Buffer {
  return encodeAmf0([name, transactionId, ...values]);
}

/** The AMF0 values of a command or data message: types 15 and 17 begin with a format byte. */
export function amf0Of<Bytes extends Uint8Array>(type: number, payload: Bytes): Bytes {
  const isAmf3 = type === MessageType.COMMAND_AMF3 || type === MessageType.DATA_AMF3;
  return isAmf3 && payload[0] === AMF3_FORMAT ? (payload.subarray(1) as Bytes) : payload;
}

function commandOf(values: readonly AmfValue[]): Command | undefined {
  const [name, transactionId, object, ...parameters] = values;
  if (typeof name !== 'string') return undefined;
  const isId = typeof transactionId === 'number' && Number.isFinite(transactionId);
  return { name, transactionId: isId ? transactionId : 0, object: object ?? null, parameters };
}

function decodeValues(bytes: Uint8Array): AmfValue[] {
  try {
    return decodeAmf0(bytes, COMMAND_LIMITS);
  } catch (thrown) {
    if (!(thrown instanceof AmfError)) throw thrown;
    throw new RtmpError('RTMP_COMMAND_MALFORMED', thrown.offset, { cause: thrown });
  }
}
