import type { AmfValue } from '#amf';

import type { Command } from '../message/command.ts';
import { findStatus } from '../message/status.ts';
import type { ClientPhase } from './client-phase.ts';
import { Transaction } from './client-requests.ts';
import { FIELD_LIMITS } from './session-limits.ts';

/**
 * What a command of a server means in the phase it comes in. Texts are as the server wrote them.
 */
export type Reply =
  | { readonly kind: 'connected' }
  | { readonly kind: 'created'; readonly messageStreamId: number }
  | { readonly kind: 'published' }
  | { readonly kind: 'rejected'; readonly code: AmfValue; readonly description: AmfValue }
  | { readonly kind: 'reconnect'; readonly tcUrl: string | undefined };

type Information = ReadonlyMap<string, AmfValue>;
const nothing: Information = new Map();

const MESSAGE_STREAM_ID_MAX = 0xffffffff;

/** Said at level "status", and yet the end. */
const ENDINGS: ReadonlySet<AmfValue> = new Set([
  'NetConnection.Connect.Closed',
  'NetConnection.Connect.AppShutdown',
]);

/**
 * Replies are matched by transaction id. Where only one can be awaited, id 0 is taken as well: some
 * servers echo no id. Answers to releaseStream and FCPublish are not awaited: many give none, or an
 * error.
 */
export function interpret(command: Command, phase: ClientPhase): Reply | undefined {
  const information = findStatus([...command.parameters, command.object]) ?? nothing;
  switch (command.name) {
    case '_result':
      return interpretResult(command, information, phase);
    case '_error':
      return isRefusalOfAwaited(command.transactionId, phase) ? rejected(information) : undefined;
    case 'onStatus':
      return interpretStatus(information, phase);
    case 'close':
    case 'onFCUnsubscribe':
      return { kind: 'rejected', code: 'NetConnection.Connect.Closed', description: command.name };
    default:
      return undefined;
  }
}

function interpretResult(
  { transactionId, parameters }: Command,
  information: Information,
  phase: ClientPhase,
): Reply | undefined {
  const isWithoutId = transactionId === 0;
  if (phase === 'connecting' && (transactionId === Transaction.CONNECT || isWithoutId)) {
    return information.get('level') === 'error' ? rejected(information) : { kind: 'connected' };
  }
  if (phase === 'creating') {
    const messageStreamId = parameters.find(isMessageStreamId);
    const isMatch = transactionId === Transaction.CREATE_STREAM;
    if (messageStreamId !== undefined && (isMatch || isWithoutId)) {
      return { kind: 'created', messageStreamId };
    }
    return isMatch ? rejected(information) : undefined;
  }
  const isPublished = phase === 'requesting' && transactionId === Transaction.PUBLISH;
  return isPublished ? { kind: 'published' } : undefined;
}

function isRefusalOfAwaited(transactionId: number, phase: ClientPhase): boolean {
  switch (phase) {
    case 'connecting':
      return transactionId === Transaction.CONNECT || transactionId === 0;
    case 'creating':
      // Id 0 may just as well refuse releaseStream, which means nothing.
      return transactionId === Transaction.CREATE_STREAM;
    case 'requesting':
      return transactionId === Transaction.PUBLISH;
    default:
      return false;
  }
}

function interpretStatus(information: Information, phase: ClientPhase): Reply | undefined {
  const code = information.get('code');
  if (code === 'NetConnection.Connect.ReconnectRequest') {
    return { kind: 'reconnect', tcUrl: tcUrlOf(information) };
  }
  if (ENDINGS.has(code)) return rejected(information);
  if (information.get('level') === 'error') {
    return phase === 'publishing' && !endsPublishing(code) ? undefined : rejected(information);
  }
  const isPublished = phase === 'requesting' && code === 'NetStream.Publish.Start';
  return isPublished ? { kind: 'published' } : undefined;
}

/** A server may fail at something else, recording for one, and take the stream all the same. */
function endsPublishing(code: AmfValue): boolean {
  if (typeof code !== 'string' || code === 'NetStream.Failed') return true;
  return code.startsWith('NetStream.Publish.') || code.startsWith('NetConnection.');
}

function rejected(information: Information): Reply {
  return {
    kind: 'rejected',
    code: information.get('code'),
    description: information.get('description'),
  };
}

function tcUrlOf(information: Information): string | undefined {
  const tcUrl = information.get('tcUrl');
  if (typeof tcUrl !== 'string' || tcUrl === '') return undefined;
  return Buffer.byteLength(tcUrl) <= FIELD_LIMITS.textBytesMax ? tcUrl : undefined;
}

function isMessageStreamId(value: AmfValue): value is number {
  return (
    Number.isInteger(value) && (value as number) >= 0 && (value as number) <= MESSAGE_STREAM_ID_MAX
  );
}
