import { createHash } from 'node:crypto';
import type { SlatePorts } from './slate-desk.ts';

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(/\s/g, ''), 'hex');

const SEQUENCE_SET = '6764000aacd325b011000003000100000300320f122538';
const PICTURE_SET = '68ef839cb0';
const KEYFRAME = `65888401ffdbe595b12389c9635c5bded0f251a46b288ae59b9aac6acd91b5
  ad36cd8b775fe21e9720550c76af42f70504cda314f06da19cdd32a1e0004ad1cf0a067d088a5961
  a0e27fc6b9f03c8fdeb491ea09769059769d7ffbcb454ca8bffb1dc9469ea4c89e87ccb182b1b5f6
  897a18c7b94cce2965d9821f10c614f3de6589b79bf6c27110cd1e1a4a022f4c5b5fde33cbd8e175
  0722fcdd46f27642facc8f51b4130a0324ec90a16c2306ec4443a730dd581ef5d5d0db4aa29fec8d
  a3156984834bd8f2676571061faf4b8830b03a5903bbf5231a465f4c943c1fd0e57eef963e55b793
  b80320bb612a724035`;

/** What x264 makes of a picture, for a stream with these headers. */
export const CODED_SLATE = hex(`00000001 ${SEQUENCE_SET} 000001 ${PICTURE_SET} 000001 ${KEYFRAME}`);
export const SLATE_HEADERS = [
  {
    typeId: 9,
    body: hex(`17000000000164000affe10017 ${SEQUENCE_SET} 010005 ${PICTURE_SET} fdf8f800`),
  },
] as const;

const IMAGE = Buffer.from('a picture');
export const SLATE_SHA256 = createHash('sha256').update(IMAGE).digest('hex');

/** Postgres, a helper and a disk, each of which can be made to fail. */
export class FakeSlates implements SlatePorts {
  readonly kept = new Map<string, Uint8Array>();
  readonly troubles: string[] = [];
  /** How often a picture was coded. */
  renders = 0;
  coded: Uint8Array = CODED_SLATE;
  /** Thrown by the helper. */
  fault: Error | undefined;
  isPostgresAway = false;
  isDiskBroken = false;
  sha256 = SLATE_SHA256;
  readonly files: SlatePorts['files'] = {
    read: async (name) => {
      if (this.isDiskBroken) throw new Error('no disk');
      return this.kept.get(name);
    },
    write: async (name, bytes) => {
      if (this.isDiskBroken) throw new Error('no disk');
      this.kept.set(name, bytes);
    },
  };

  async load() {
    if (this.isPostgresAway) throw new Error('away');
    return { sha256: this.sha256, mime: 'image/png', bytes: IMAGE } as const;
  }

  async render(): Promise<Uint8Array> {
    this.renders += 1;
    if (this.fault !== undefined) throw this.fault;
    return this.coded;
  }

  onTrouble(what: string): void {
    this.troubles.push(what);
  }
}
