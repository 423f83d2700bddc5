import { platformSchema } from '#contracts';
import type { Platform } from '#contracts';

/** What a data file must state. */
type Stated =
  'id' | 'name' | 'servers' | 'keyHelp' | 'videoCodecs' | 'audioCodecs' | 'sources' | 'verifiedOn';

type Limits = Platform['limits'];
/** What follows from the others. */
type Derived = 'enhancedRtmpCodecs' | 'limits' | KeptApart;
/** Limits that have stood beside the others from the first version on. */
type KeptApart = 'videoKbpsMax' | 'audioKbpsMax' | 'keyframeSecondsMax' | 'hoursMax';

/** A data file: what is left out is not known. */
export type PlatformFacts = Pick<Platform, Stated> &
  Partial<Omit<Platform, Stated | Derived>> & { readonly limits?: Partial<Limits> };

const unknown = {
  backupServers: [],
  hosts: [],
  appWhenMissing: null,
  keyUrl: null,
  keyLifetime: null,
  keyFormat: 'plain',
  keyPrefixes: [],
  backupIngest: null,
  privateTest: null,
  notes: [],
} satisfies Partial<Platform>;

const unlimited: Limits = {
  videoKbpsMax: null,
  videoKbpsByMode: [],
  audioKbpsMax: null,
  widthMax: null,
  heightMax: null,
  fpsMax: null,
  keyframeSecondsMax: null,
  keyframeSecondsWanted: null,
  bFramesMax: null,
  audioRequired: false,
  hoursMax: null,
};

/** FLV itself has a number for each of these; every other needs the FourCC of Enhanced RTMP. */
const PLAIN_CODECS: ReadonlySet<string> = new Set(['h264', 'aac', 'mp3']);

/** @throws Error that names the platform, where its file does not say what it has to. */
export function platformOf(facts: PlatformFacts): Platform {
  const codecs = [...facts.videoCodecs, ...facts.audioCodecs];
  const enhancedRtmpCodecs = codecs.filter((codec) => !PLAIN_CODECS.has(codec));
  const limits = { ...unlimited, ...facts.limits };
  const { videoKbpsMax, audioKbpsMax, keyframeSecondsMax, hoursMax } = limits;
  const kept: Pick<Platform, KeptApart> = {
    videoKbpsMax,
    audioKbpsMax,
    keyframeSecondsMax,
    hoursMax,
  };
  const whole = { ...unknown, ...facts, ...kept, limits, enhancedRtmpCodecs };
  const result = platformSchema.safeParse(whole);
  if (result.success) return result.data;
  const faults = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new Error(`The facts of platform ${facts.id} are not in order: ${faults.join('; ')}`);
}
