import type { Platform } from '#contracts';
import { amazonIvs } from './data/amazon-ivs.ts';
import { apiVideo } from './data/api-video.ts';
import { bilibili } from './data/bilibili.ts';
import { bitmovin } from './data/bitmovin.ts';
import { castr } from './data/castr.ts';
import { chzzk } from './data/chzzk.ts';
import { cloudflareStream } from './data/cloudflare-stream.ts';
import { custom } from './data/custom.ts';
import { dlive } from './data/dlive.ts';
import { dolbyOptiview } from './data/dolby-optiview.ts';
import { facebook } from './data/facebook.ts';
import { instagram } from './data/instagram.ts';
import { irltoolkit } from './data/irltoolkit.ts';
import { joystickTv } from './data/joystick-tv.ts';
import { kakaotv } from './data/kakaotv.ts';
import { kick } from './data/kick.ts';
import { kuaishou } from './data/kuaishou.ts';
import { linkedin } from './data/linkedin.ts';
import { livepeer } from './data/livepeer.ts';
import { livepush } from './data/livepush.ts';
import { mixcloud } from './data/mixcloud.ts';
import { mux } from './data/mux.ts';
import { niconico } from './data/niconico.ts';
import { nimoTv } from './data/nimo-tv.ts';
import { odysee } from './data/odysee.ts';
import { picarto } from './data/picarto.ts';
import { restream } from './data/restream.ts';
import { rumble } from './data/rumble.ts';
import { soopGlobal } from './data/soop-global.ts';
import { soopKorea } from './data/soop-korea.ts';
import { steam } from './data/steam.ts';
import { switchboard } from './data/switchboard.ts';
import { telegram } from './data/telegram.ts';
import { test } from './data/test.ts';
import { tiktok } from './data/tiktok.ts';
import { trovo } from './data/trovo.ts';
import { twitch } from './data/twitch.ts';
import { vimeo } from './data/vimeo.ts';
import { vrcdn } from './data/vrcdn.ts';
import { x } from './data/x.ts';
import { youtube } from './data/youtube.ts';
import { platformOf } from './platform-facts.ts';

/** In the order in which a form offers them. A new file is made known here. */
export const platforms: readonly Platform[] = [
  youtube,
  twitch,
  facebook,
  kick,
  tiktok,
  instagram,
  x,
  linkedin,
  trovo,
  rumble,
  dlive,
  odysee,
  steam,
  restream,
  vimeo,
  mux,
  cloudflareStream,
  amazonIvs,
  dolbyOptiview,
  soopKorea,
  soopGlobal,
  chzzk,
  bilibili,
  nimoTv,
  kakaotv,
  niconico,
  picarto,
  mixcloud,
  apiVideo,
  livepeer,
  livepush,
  castr,
  kuaishou,
  joystickTv,
  vrcdn,
  irltoolkit,
  switchboard,
  bitmovin,
  telegram,
  test,
  custom,
].map(platformOf);

const byId: ReadonlyMap<string, Platform> = new Map(platforms.map((each) => [each.id, each]));

export function findPlatform(id: string): Platform | undefined {
  return byId.get(id);
}
