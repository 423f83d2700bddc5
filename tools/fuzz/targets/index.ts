import type { FuzzTarget } from '../target.ts';
import { AMF0 } from './amf0.ts';
import { CHUNKS } from './chunks.ts';
import { CLIENT_SESSION } from './client-session.ts';
import { HTTPS_ANSWER } from './https-answer.ts';
import { INGEST } from './ingest.ts';
import { MEDIA_BODIES } from './media-bodies.ts';
import { SERVER_SESSION } from './server-session.ts';
import { STILL } from './still.ts';
import { TEXTS } from './texts.ts';

/** Everything of ours that reads bytes of strangers. */
export const TARGETS: readonly FuzzTarget[] = [
  ...AMF0,
  ...CHUNKS,
  ...SERVER_SESSION,
  ...CLIENT_SESSION,
  ...MEDIA_BODIES,
  ...INGEST,
  ...STILL,
  ...TEXTS,
  ...HTTPS_ANSWER,
];
