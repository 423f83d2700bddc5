import { z } from 'zod';

const platformIdSchema = z.string().regex(/^[a-z][a-z0-9-]{0,31}$/, 'must be a platform id');
const dateSchema = z.iso.date();
const pageSchema = z.url({ protocol: /^https$/ });
const sentenceSchema = z.string().min(1).max(200);
const kbpsSchema = z.int().min(1).max(1_000_000);

const regionSchema = z.enum([
  'anywhere',
  'africa',
  'asia',
  'europe',
  'middle-east',
  'north-america',
  'oceania',
  'south-america',
]);
const videoCodecSchema = z.enum(['h264', 'hevc', 'av1']);
const audioCodecSchema = z.enum(['aac', 'mp3', 'opus', 'ac3', 'flac']);

const serverSchema = z.object({
  url: z.string().regex(/^rtmps?:\/\/[^\s/]+(?:\/\S*)?$/, 'must be an rtmp:// or rtmps:// URL'),
  /** What tells this server from the others: a place, or what it is for. */
  label: z.string().min(1),
  /** `anywhere`: it finds the nearest one itself. Null: not known. */
  region: regionSchema.nullable(),
});

const modeSchema = z.object({
  height: z.int().positive(),
  fps: z.int().positive(),
  kbpsMax: kbpsSchema,
});

const sourceSchema = z.object({
  /** By the platform itself; in the list of a known encoder; by others. */
  kind: z.enum(['documented', 'listed', 'reported']),
  what: sentenceSchema,
  url: pageSchema.nullable(),
  readOn: dateSchema,
});

/** A way to push to a platform without anybody seeing it. */
const privateTestSchema = z.object({
  /** Goes behind the key; its `?` becomes `&` where the key has a query already. */
  append: z.string().regex(/^\?[\w.~-]+=[\w.~-]+$/),
  help: sentenceSchema,
});

const limitsSchema = z.object({
  /** The largest at all; what each picture size may have stands in `videoKbpsByMode`. */
  videoKbpsMax: kbpsSchema.nullable(),
  videoKbpsByMode: z.array(modeSchema),
  audioKbpsMax: kbpsSchema.nullable(),
  widthMax: z.int().positive().nullable(),
  heightMax: z.int().positive().nullable(),
  fpsMax: z.int().positive().nullable(),
  keyframeSecondsMax: z.number().positive().nullable(),
  /** What the platform asks for, without refusing more. */
  keyframeSecondsWanted: z.number().positive().nullable(),
  /** In a row; 0: none are taken. */
  bFramesMax: z.int().min(0).nullable(),
  /** A stream without sound is refused, or shown as faulty. */
  audioRequired: z.boolean(),
  /** The longest broadcast. */
  hoursMax: z.number().positive().nullable(),
});

function isSecureFirst(servers: readonly { readonly url: string }[]): boolean {
  const isSecure = servers.map(({ url }) => url.startsWith('rtmps:'));
  return isSecure[0] === true || !isSecure.includes(true);
}

/** What is known of one platform. Null or an empty list: it does not say, or nobody knows. */
export const platformSchema = z
  .object({
    id: platformIdSchema,
    name: z.string().min(1),
    /** The first is the one to offer. Empty where every account has a URL of its own. */
    servers: z.array(serverSchema),
    backupServers: z.array(serverSchema),
    /** Domain names that are the platform's, with all below them. */
    hosts: z.array(z.string().regex(/^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/)),
    /** The app to add to a server URL that is shown without one. */
    appWhenMissing: z.string().min(1).nullable(),
    /** One sentence: where the owner finds the stream key, and the URL where it is of their own. */
    keyHelp: sentenceSchema,
    /** The page where the key is, or that tells where it is. */
    keyUrl: pageSchema.nullable(),
    /** `per-event`: a new key for every broadcast. */
    keyLifetime: z.enum(['reusable', 'per-event']).nullable(),
    keyFormat: z.enum(['plain', 'with-query']),
    /** What keys of this platform have been seen to begin with; a key may be otherwise. */
    keyPrefixes: z.array(z.string().min(1)),
    /** Over RTMP. */
    videoCodecs: z.array(videoCodecSchema).min(1),
    audioCodecs: z.array(audioCodecSchema).min(1),
    /** Of these codecs, those that only Enhanced RTMP can carry. */
    enhancedRtmpCodecs: z.array(z.union([videoCodecSchema, audioCodecSchema])),
    /** These four stand in `limits` as well. */
    videoKbpsMax: kbpsSchema.nullable(),
    audioKbpsMax: kbpsSchema.nullable(),
    keyframeSecondsMax: z.number().positive().nullable(),
    hoursMax: z.number().positive().nullable(),
    limits: limitsSchema,
    /**
     * `same-key`: the backup servers take the same key. `other-key`: the platform gives a URL and a
     * key of its own for the backup.
     */
    backupIngest: z.enum(['same-key', 'other-key', 'none']).nullable(),
    privateTest: privateTestSchema.nullable(),
    /** What surprises people, a sentence each. */
    notes: z.array(sentenceSchema),
    sources: z.array(sourceSchema).min(1),
    /** When all of this was last compared with the sources. */
    verifiedOn: dateSchema,
  })
  .refine(({ servers }) => isSecureFirst(servers), {
    path: ['servers'],
    message: 'a server over RTMPS comes first where there is one',
  })
  .refine(({ sources, verifiedOn }) => sources.every(({ readOn }) => readOn <= verifiedOn), {
    path: ['verifiedOn'],
    message: 'must not be before the day on which a source was read',
  })
  .meta({ id: 'Platform' });
export type Platform = z.infer<typeof platformSchema>;

export const platformListSchema = z.object({ items: z.array(platformSchema) });
