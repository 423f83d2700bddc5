import type { Destination, StreamWithKey } from '#contracts';
import { RtmpSink, RunningProgram } from '#testing';
import type { ForkcastApi, TestCertificates } from '#testing';
import type { Score } from './scoreboard.ts';

const STREAM_NAME = 'Demo';
const MS_PER_SECOND = 1000;
const BITS_PER_BYTE = 8;

interface Place {
  readonly name: string;
  readonly sink: RtmpSink;
  readonly destination: Destination;
  seen: { readonly atMs: number; readonly bytes: number };
  kilobitsPerSecond: number;
}

/** The demo itself, on a running product: three destinations, an encoder, and what arrives. */
export class Show {
  readonly #api: ForkcastApi;
  readonly #streamId: string;
  readonly #places: readonly Place[];
  readonly #encoder: RunningProgram;

  private constructor(
    api: ForkcastApi,
    stream: StreamWithKey,
    places: readonly Place[],
    rtmpsPort: number,
  ) {
    this.#api = api;
    this.#streamId = stream.id;
    this.#places = places;
    this.#encoder = startEncoder(`rtmps://localhost:${rtmpsPort}/live/${stream.ingest.streamKey}`);
  }

  static async begin(options: {
    readonly api: ForkcastApi;
    readonly rtmpsPort: number;
    readonly certificates: TestCertificates;
  }): Promise<Show> {
    const { api, certificates } = options;
    await removeEarlierStreams(api);
    const stream = await api.createStream({ name: STREAM_NAME, graceSeconds: 5 });
    const places = [
      await openPlace(api, stream.id, 'local RTMP sink 1', await RtmpSink.open()),
      await openPlace(api, stream.id, 'local RTMP sink 2', await RtmpSink.open()),
      await openPlace(api, stream.id, 'local RTMPS sink', await RtmpSink.open({ certificates })),
    ];
    return new Show(api, stream, places, options.rtmpsPort);
  }

  /** Rejects when the encoder ends, which it does only through a fault. */
  async encoderFails(): Promise<never> {
    const { code } = await this.#encoder.ended;
    throw new Error(`the encoder ended with code ${code}: ${this.#encoder.stderr.trim()}`);
  }

  async scores(nowMs: number): Promise<Score[]> {
    const { pushes } = await this.#api.status(this.#streamId);
    return this.#places.map((place) => {
      const { bytes, videoFrames } = place.sink.counts;
      const elapsedMs = nowMs - place.seen.atMs;
      if (elapsedMs >= MS_PER_SECOND) {
        // Bits per millisecond are kilobits per second.
        place.kilobitsPerSecond = ((bytes - place.seen.bytes) * BITS_PER_BYTE) / elapsedMs;
        place.seen = { atMs: nowMs, bytes };
      }
      const { name, kilobitsPerSecond, destination } = place;
      const push = pushes.find((each) => each.destinationId === destination.id);
      return { name, state: push?.state ?? 'unknown', kilobitsPerSecond, videoFrames, bytes };
    });
  }

  /** Names of the destinations to which no picture came. */
  get withoutVideo(): string[] {
    const dark = this.#places.filter((place) => place.sink.counts.videoFrames === 0);
    return dark.map((place) => place.name);
  }

  async end(): Promise<void> {
    await this.#encoder.stop();
    await Promise.all(this.#places.map((place) => place.sink.close()));
  }
}

async function openPlace(
  api: ForkcastApi,
  streamId: string,
  name: string,
  sink: RtmpSink,
): Promise<Place> {
  const wish = { name, url: sink.url, streamKey: 'demo' };
  const destination = await api.addDestination(streamId, wish);
  const seen = { atMs: performance.now(), bytes: 0 };
  return { name, sink, destination, seen, kilobitsPerSecond: 0 };
}

/** The data directory may hold the stream of an earlier demo. */
async function removeEarlierStreams(api: ForkcastApi): Promise<void> {
  const { body } = await api.request<{ items: { id: string; name: string }[] }>('GET', '/streams');
  for (const { id, name } of body.items) if (name === STREAM_NAME) await api.removeStream(id);
}

/** A moving test picture of 720 lines with a tone, sent as an encoder such as OBS sends it. */
function startEncoder(url: string): RunningProgram {
  const parameters = [
    ...['-nostdin', '-hide_banner', '-v', 'error', '-re'],
    ...['-f', 'lavfi', '-i', 'testsrc2=size=1280x720:rate=30'],
    ...['-re', '-f', 'lavfi', '-i', 'sine=frequency=440:sample_rate=48000'],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-b:v', '2500k'],
    ...['-maxrate', '2500k', '-bufsize', '2500k', '-g', '60', '-keyint_min', '60'],
    ...['-c:a', 'aac', '-b:a', '128k', '-f', 'flv', url],
  ];
  return new RunningProgram('ffmpeg', parameters, { stopSignal: 'SIGINT' });
}
