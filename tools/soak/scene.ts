import { randomBytes } from 'node:crypto';
import type { Destination, StreamWithKey } from '#contracts';
import { FaultProxy } from '../../test/faults/layer/proxy.ts';
import { SoakEncoder } from './encoder.ts';
import type { House } from './house.ts';
import { Receiver } from './receiver.ts';

const STREAMS = 3;
/** Of the four destinations of a stream; what faults befall stands behind a proxy. */
const WITNESSES = [1, 2] as const;
const FAULTY = [3, 4] as const;
/** The witness with this number is sent to over RTMPS, and this stream's encoder comes so. */
const SECURE_WITNESS = 2;
const SECURE_STREAM = 3;
const GRACE_SECONDS = 60;

export interface SoakPush {
  /** `destination 1.3`: the third of the first stream. */
  readonly label: string;
  readonly destination: Destination;
  readonly receiver: Receiver;
  /** Undefined: it is a witness. */
  readonly proxy: FaultProxy | undefined;
}

export interface SoakStream {
  readonly label: string;
  readonly stream: StreamWithKey;
  readonly encoder: SoakEncoder;
  readonly pushes: readonly SoakPush[];
}

/** The names that a plan of faults needs, before anything is there. */
export function sceneLabels() {
  const numbers = Array.from({ length: STREAMS }, (_, index) => index + 1);
  return {
    streams: numbers.map((stream) => `stream ${stream}`),
    destinations: numbers.flatMap((stream) => FAULTY.map((each) => labelOf(stream, each))),
  };
}

function labelOf(stream: number, destination: number): string {
  return `destination ${stream}.${destination}`;
}

/** Streams that are live at their destinations, and what stands in between. */
export class Scene {
  readonly house: House;
  readonly streams: readonly SoakStream[];

  private constructor(house: House, streams: readonly SoakStream[]) {
    this.house = house;
    this.streams = streams;
  }

  static async open(house: House): Promise<Scene> {
    const streams: SoakStream[] = [];
    for (let number = 1; number <= STREAMS; number += 1) {
      streams.push(await openStream(house, number));
    }
    for (const { encoder } of streams) encoder.start();
    return new Scene(house, streams);
  }

  get pushes(): readonly SoakPush[] {
    return this.streams.flatMap(({ pushes }) => pushes);
  }

  get witnesses(): readonly SoakPush[] {
    return this.pushes.filter(({ proxy }) => proxy === undefined);
  }

  push(label: string): SoakPush {
    const push = this.pushes.find((each) => each.label === label);
    if (push === undefined) throw new Error(`there is no ${label}`);
    return push;
  }

  stream(label: string): SoakStream {
    const stream = this.streams.find((each) => each.label === label);
    if (stream === undefined) throw new Error(`there is no ${label}`);
    return stream;
  }

  streamOf(push: SoakPush): SoakStream {
    const stream = this.streams.find(({ pushes }) => pushes.includes(push));
    if (stream === undefined) throw new Error(`${push.label} is of no stream`);
    return stream;
  }

  stopEncoders(): void {
    for (const { encoder } of this.streams) encoder.stop();
  }

  async close(): Promise<void> {
    this.stopEncoders();
    await Promise.all(this.pushes.map(async ({ proxy }) => proxy?.close()));
    await Promise.all(this.pushes.map(({ receiver }) => receiver.close()));
  }
}

async function openStream(house: House, number: number): Promise<SoakStream> {
  const label = `stream ${number}`;
  const stream = await house.api.createStream({ name: label, graceSeconds: GRACE_SECONDS });
  const pushes: SoakPush[] = [];
  for (const each of [...WITNESSES, ...FAULTY]) {
    pushes.push(await openPush(house, stream, labelOf(number, each), each));
  }
  const isSecure = number === SECURE_STREAM;
  const encoder = new SoakEncoder({
    port: isSecure ? house.ports.rtmps : house.ports.rtmp,
    streamKey: stream.ingest.streamKey,
    isSecure,
    localAddress: `127.9.0.${number}`,
  });
  return { label, stream, encoder, pushes };
}

async function openPush(
  house: House,
  stream: StreamWithKey,
  label: string,
  number: number,
): Promise<SoakPush> {
  const isSecure = number === SECURE_WITNESS;
  const isFaulty = FAULTY.some((each) => each === number);
  const receiver = await Receiver.open({
    name: label,
    ...(isSecure ? { certificates: house.certificates } : {}),
  });
  const proxy = isFaulty ? await FaultProxy.open(receiver.port, { seed: number }) : undefined;
  const port = proxy?.port ?? receiver.port;
  const url = isSecure ? `rtmps://localhost:${port}/live` : `rtmp://127.0.0.1:${port}/live`;
  const wish = { name: label, url, streamKey: newKey(label) };
  return {
    label,
    receiver,
    proxy,
    destination: await house.api.addDestination(stream.id, wish),
  };
}

let keys = 0;

/** Looked for everywhere when the run is over. */
export function newKey(label: string): string {
  keys += 1;
  const name = `canary-soak-${label.replaceAll(/\W/g, '')}-${keys}`;
  return `${name}-${randomBytes(8).toString('hex')}`;
}
