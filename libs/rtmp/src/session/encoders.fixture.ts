import { amfEcmaArray, amfObject, encodeAmf0 } from '#amf';
import type { AmfValue } from '#amf';

import { rawChunk } from '../chunk/raw-chunk.fixture.ts';
import {
  encodeSetChunkSize,
  encodeUserControl,
  encodeWindowAcknowledgementSize,
} from '../message/control-message.ts';
import { raw, say } from './conversation.fixture.ts';

/** What an encoder says from connect to the end of its stream, and what it must hear and cause. */
export interface EncoderCase {
  readonly name: string;
  readonly said: Buffer;
  /** After the answer to connect, which is the same for all. */
  readonly answers: readonly string[];
  readonly events: readonly string[];
}

const URL = 'rtmp://relay.example/live';
const connect = (fields: Record<string, AmfValue>, chunkBytes = 4096): Buffer =>
  say({
    name: 'connect',
    id: 1,
    values: [amfObject({ app: 'live', ...fields, tcUrl: URL })],
    chunkBytes,
  });
const metadata = encodeAmf0([
  '@setDataFrame',
  'onMetaData',
  amfEcmaArray({ width: 1920, height: 1080, encoder: 'an encoder' }),
]);
const audio = Buffer.from('af0121', 'hex');
const video = Buffer.concat([Buffer.from('1701000000', 'hex'), Buffer.alloc(300, 0x65)]);
const published = ['4: 000000000001', 'onStatus 0 NetStream.Publish.Start on 1'];
const unpublished = [
  'onFCUnpublish 0 NetStream.Unpublish.Success',
  'onStatus 0 NetStream.Unpublish.Success on 1',
];
/** The steps that OBS, ffmpeg and librtmp share. */
const announce = (chunkBytes: number): Buffer[] => [
  say({ name: 'releaseStream', id: 2, values: [null, 'key'], chunkBytes }),
  say({ name: 'FCPublish', id: 3, values: [null, 'key'], chunkBytes }),
  say({ name: 'createStream', id: 4, values: [null], chunkBytes }),
];
const announced = [
  '_result 2',
  'onFCPublish 3 NetStream.Publish.Start',
  '_result 3',
  '_result 4 1',
];

export const encoderCases: readonly EncoderCase[] = [
  {
    name: 'ffmpeg 5.1: chunk size after connect, publish on csid 8, an end of sequence last',
    said: Buffer.concat([
      connect({ type: 'nonprivate', flashVer: 'FMLE/3.0 (compatible; Lavf59.27.100)' }, 128),
      encodeSetChunkSize(4096),
      ...announce(4096),
      say({ name: 'publish', id: 5, csid: 8, sid: 1, values: [null, 'key', 'live'] }),
      raw({ type: 18, payload: metadata }),
      raw({ type: 8, time: 0, payload: audio }),
      raw({ csid: 6, type: 9, time: 10, payload: video }),
      raw({ csid: 6, type: 9, time: 30, payload: Buffer.from('1702000000', 'hex') }),
      say({ name: 'FCUnpublish', id: 6, values: [null, 'key'] }),
      say({ name: 'deleteStream', id: 7, values: [null, 1] }),
    ]),
    answers: [...announced, ...published, ...unpublished],
    events: [
      'publish live key FMLE/3.0 (compatible; Lavf59.27.100)',
      '18 at 0',
      '8 at 0',
      '9 at 10',
      '9 at 30',
      'FCUnpublish',
    ],
  },
  {
    name: 'OBS 32: chunk size before connect, everything on csid 4',
    said: Buffer.concat([
      encodeSetChunkSize(4096),
      connect({
        type: 'nonprivate',
        flashVer: 'FMLE/3.0 (compatible; FMSc/1.0)',
        swfUrl: URL,
      }),
      ...announce(4096),
      say({ name: 'publish', id: 5, csid: 4, sid: 1, values: [null, 'key', 'live'] }),
      raw({ type: 18, payload: metadata }),
      rawChunk({ format: 1, time: 0, type: 8, payload: audio }),
      rawChunk({ format: 1, time: 0, type: 9, payload: video }),
      rawChunk({ format: 1, time: 21, type: 8, payload: audio }),
      say({ name: 'FCUnpublish', id: 6, values: [null, 'key'] }),
      say({ name: 'deleteStream', id: 7, values: [null, 1] }),
    ]),
    answers: [...announced, ...published, ...unpublished],
    events: [
      'publish live key FMLE/3.0 (compatible; FMSc/1.0)',
      '18 at 0',
      '8 at 0',
      '9 at 0',
      '8 at 21',
      'FCUnpublish',
    ],
  },
  {
    name: 'GStreamer 1.22: transaction 0, chunk size 128, messages by fmt 3, deleteStream by name',
    said: Buffer.concat([
      connect({ type: 'nonprivate', flashVer: 'LNX 10,0,32,18' }, 128),
      encodeWindowAcknowledgementSize(5_000_000),
      say({ name: 'releaseStream', id: 0, values: [null, 'key'], chunkBytes: 128 }),
      say({ name: 'FCPublish', id: 0, values: [null, 'key'], chunkBytes: 128 }),
      say({ name: 'createStream', id: 2, values: [null], chunkBytes: 128 }),
      say({ name: 'publish', id: 0, sid: 1, values: [null, 'key', 'live'], chunkBytes: 128 }),
      encodeSetChunkSize(128),
      raw({ type: 18, payload: metadata, chunkBytes: 128 }),
      raw({ csid: 6, type: 9, time: 5, payload: video, chunkBytes: 128 }),
      rawChunk({ format: 0, id: 5, time: 0, type: 8, payload: audio }),
      rawChunk({ format: 2, id: 5, time: 21, payload: audio }),
      rawChunk({ format: 3, id: 5, payload: audio }),
      raw({ type: 18, payload: metadata, chunkBytes: 128 }),
      say({ name: 'FCUnpublish', id: 0, values: [null, 'key'], chunkBytes: 128 }),
      say({ name: 'deleteStream', id: 0, values: [null, 'key'], chunkBytes: 128 }),
    ]),
    answers: ['onFCPublish 0 NetStream.Publish.Start', '_result 2 1', ...published, ...unpublished],
    events: [
      'publish live key LNX 10,0,32,18',
      '18 at 0',
      '9 at 5',
      '8 at 0',
      '8 at 21',
      '8 at 42',
      '18 at 0',
      'FCUnpublish',
    ],
  },
  {
    name: 'librtmp 2.4: chunks of 128 bytes throughout, no flashVer, a ping by fmt 1',
    said: Buffer.concat([
      connect({ type: 'nonprivate' }, 128),
      ...announce(128),
      rawChunk({ format: 1, id: 2, type: 4, payload: Buffer.from('000600000007', 'hex') }),
      say({ name: 'publish', id: 5, csid: 4, sid: 1, values: [null, 'key'], chunkBytes: 128 }),
      raw({ type: 18, payload: metadata, chunkBytes: 128 }),
      raw({ type: 9, time: 40, payload: video, chunkBytes: 128 }),
      say({ name: 'FCUnpublish', id: 6, values: [null, 'key'], chunkBytes: 128 }),
      say({ name: 'deleteStream', id: 7, values: [null, 1], chunkBytes: 128 }),
    ]),
    answers: [...announced, '4: 000700000007', ...published, ...unpublished],
    events: ['publish live key', '18 at 0', '9 at 40', 'FCUnpublish'],
  },
  {
    name: 'nginx-rtmp 1.2 push: announces nothing, publish with transaction 0, bare metadata',
    said: Buffer.concat([
      encodeSetChunkSize(4096),
      encodeWindowAcknowledgementSize(5_000_000),
      connect({ pageUrl: '', swfUrl: '', flashVer: 'LNX.11,1,102,55', audioCodecs: 3575 }),
      say({ name: 'createStream', id: 2, values: [null] }),
      say({ name: 'publish', id: 0, csid: 5, sid: 1, values: [null, 'key', 'live'] }),
      encodeUserControl(3, 1),
      raw({ csid: 5, type: 18, payload: encodeAmf0(['onMetaData\0\0', amfObject({})]) }),
      raw({ csid: 6, type: 8, time: 3, payload: audio }),
      raw({ csid: 7, type: 9, time: 4, payload: video }),
    ]),
    answers: ['_result 2 1', ...published],
    events: ['publish live key LNX.11,1,102,55', '18 at 0', '8 at 3', '9 at 4'],
  },
  {
    name: 'Wirecast: stops by publishing false',
    said: Buffer.concat([
      encodeSetChunkSize(4096),
      connect({ flashVer: 'Wirecast/FM 1.0' }),
      ...announce(4096),
      say({ name: 'publish', id: 5, sid: 1, values: [null, 'key', 'live'] }),
      raw({ type: 9, payload: video }),
      say({ name: 'publish', id: 6, sid: 1, values: [null, false] }),
    ]),
    answers: [...announced, ...published],
    events: ['publish live key Wirecast/FM 1.0', '9 at 0', 'publish(false)'],
  },
  {
    name: 'Haivision: waits for the answer to _checkbw',
    said: Buffer.concat([
      encodeSetChunkSize(4096),
      connect({}),
      say({ name: '_checkbw', id: 2, values: [null] }),
      say({ name: 'createStream', id: 3, values: [null] }),
      say({ name: 'publish', id: 4, sid: 1, values: [null, 'key', 'live'] }),
    ]),
    answers: ['_result 2', '_result 3 1', ...published],
    events: ['publish live key'],
  },
  {
    name: 'an appliance: creates before it announces, and ends with closeStream',
    said: Buffer.concat([
      encodeSetChunkSize(4096),
      connect({ flashVer: 'LNX 10,0,32,18' }),
      say({ name: 'createStream', id: 2, values: [null] }),
      say({ name: 'FCPublish', id: 7, values: [null, 'key'] }),
      say({ name: 'publish', id: 8, sid: 1, values: [null, 'key', 'live'] }),
      say({ name: 'closeStream', id: 0, sid: 1 }),
    ]),
    answers: ['_result 2 1', 'onFCPublish 7 NetStream.Publish.Start', '_result 7', ...published],
    events: ['publish live key LNX 10,0,32,18', 'closeStream'],
  },
  {
    name: 'a Flash encoder: commands and data of the AMF3 kinds, AMF0 within',
    said: Buffer.concat([
      encodeSetChunkSize(4096),
      connect({ objectEncoding: 3 }),
      raw({ csid: 3, type: 17, sid: 0, payload: amf3(['createStream', 2, null]) }),
      raw({ csid: 3, type: 17, payload: amf3(['publish', 3, null, 'key', 'live']) }),
      raw({ type: 15, payload: amf3(['onMetaData', amfObject({})]) }),
      raw({ csid: 3, type: 17, payload: amf3(['deleteStream', 0, null]) }),
    ]),
    answers: ['_result 2 1', ...published],
    events: ['publish live key', '18 at 0', 'deleteStream'],
  },
];

function amf3(values: readonly AmfValue[]): Buffer {
  return Buffer.concat([Buffer.of(0), encodeAmf0(values)]);
}
