import type { AmfValue } from '#amf';
import { Secret } from '#kernel';

import type { Command } from '../message/command.ts';
import { remoteText } from '../message/remote-text.ts';
import { isMembers } from '../message/status.ts';
import { RtmpError } from '../rtmp-error.ts';
import { readEnhancedCapabilities } from './enhanced-capabilities.ts';
import type { EnhancedCapabilities } from './enhanced-capabilities.ts';
import { ENCODER_CHARACTERS_MAX, FIELD_LIMITS } from './session-limits.ts';

/** What an encoder says of itself and of where it wants to publish. */
export interface ConnectRequest {
  /** Without slashes around it; may be empty, and may hold a query. */
  readonly app: string;
  /** A secret, for people write stream keys into URLs. */
  readonly tcUrl: Secret;
  /** `flashVer`, cleaned for people and logs; '' when unknown. */
  readonly encoder: string;
  readonly enhanced: EnhancedCapabilities;
}

/** What an encoder asks for. */
export interface PublishRequest extends ConnectRequest {
  /** The stream key as sent, which may be empty and may hold a query. */
  readonly streamName: Secret;
}

const CONTROL_CHARACTER = /[\u0000-\u001f\u007f]/;

/**
 * Fields that are missing or of another type are taken as empty: what an encoder says is a hint.
 *
 * @throws {RtmpError} RTMP_FIELD_REFUSED
 */
export function readConnect(command: Command): ConnectRequest {
  const fields: ReadonlyMap<string, AmfValue> = isMembers(command.object)
    ? command.object
    : new Map<string, AmfValue>();
  const app = readText(fields.get('app'), FIELD_LIMITS.appBytesMax);
  const tcUrl = readText(fields.get('tcUrl'), FIELD_LIMITS.textBytesMax);
  return {
    app: app.replaceAll(/^\/+|\/+$/g, ''),
    tcUrl: new Secret(tcUrl.replaceAll(/^["']|["']$/g, '')),
    encoder: remoteText(fields.get('flashVer'), ENCODER_CHARACTERS_MAX),
    enhanced: readEnhancedCapabilities(fields),
  };
}

/**
 * The first parameter of publish: a stream key, opaque.
 *
 * @throws {RtmpError} RTMP_STREAM_NAME_REFUSED
 */
export function readStreamName(value: AmfValue): Secret {
  if (typeof value !== 'string' || !isTextWithin(value, FIELD_LIMITS.streamNameBytesMax)) {
    throw new RtmpError('RTMP_STREAM_NAME_REFUSED');
  }
  return new Secret(value);
}

function readText(value: AmfValue, bytesMax: number): string {
  if (typeof value !== 'string') return '';
  if (!isTextWithin(value, bytesMax)) throw new RtmpError('RTMP_FIELD_REFUSED', value.length);
  return value;
}

function isTextWithin(text: string, bytesMax: number): boolean {
  return Buffer.byteLength(text) <= bytesMax && !CONTROL_CHARACTER.test(text);
}
