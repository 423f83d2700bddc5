import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { monotonicMs, temporaryDirectory, waitFor } from '#testing';
import { planFaults } from './fault-plan.ts';
import { clock, FaultRunner } from './fault-runner.ts';
import { House } from './house.ts';
import { anomaliesOf } from './judge.ts';
import type { Anomaly, Incident } from './judge.ts';
import { LogCensus } from './log-census.ts';
import type { Outcome } from './outcome.ts';
import { openDebugger } from './lane-debugger.ts';
import type { HeardKind } from './receiver.ts';
import { Sampler } from './sampler.ts';
import type { Sample } from './samples.ts';
import { Scene, sceneLabels } from './scene.ts';
import type { SoakOptions } from './soak-options.ts';
import { StatusWatch } from './status-watch.ts';
import { judgeSlopes } from './verdicts.ts';

const LIVE_WITHIN_MS = 60_000;
const NEWS_MS = 60_000;

export interface SoakSettings extends Omit<SoakOptions, 'out'> {
  readonly logFile: string;
  readonly say: (line: string) => void;
  /** The run is to end before its time, without a report. */
  readonly told: AbortSignal;
}

export type SoakOutcome = Omit<Outcome, 'date' | 'commit' | 'machine'>;

/** Starts the product, does to it what the seed says, and judges what was seen. */
export async function soak(settings: SoakSettings): Promise<SoakOutcome> {
  const directory = await temporaryDirectory();
  const census = new LogCensus();
  try {
    const house = await House.start({
      directory: join(directory.path, 'house'),
      logFile: settings.logFile,
      onLine: (text) => census.add(text),
    });
    try {
      const seen = await watched(settings, house);
      const { tookMs, secretsSeen } = await house.stop();
      const log = { lines: census.lines, counts: census.counts };
      return { ...seen, log, stoppedInMs: tookMs, secretsSeen };
    } catch (thrown) {
      await house.end();
      throw thrown;
    }
  } finally {
    await directory.remove();
  }
}

async function watched(settings: SoakSettings, house: House) {
  const { say, told } = settings;
  const scene = await Scene.open(house);
  try {
    const live = () => scene.pushes.every(({ receiver }) => receiver.frames > 0);
    await waitFor('every destination is live', live, LIVE_WITHIN_MS);
    const relay = await house.appPid('relay');
    await openDebugger(house);
    say(`live at ${scene.pushes.length} destinations; the relay is process ${relay}`);
    return await Promise.race([new Run(settings, scene).toEnd(), toldToEnd(told)]);
  } finally {
    await scene.close();
  }
}

async function toldToEnd(told: AbortSignal): Promise<never> {
  await once(told, 'abort');
  throw new Error('it was told to end');
}

/** From the first moment that is judged to the last one. */
class Run {
  readonly #settings: SoakSettings;
  readonly #scene: Scene;
  readonly #beganAtMs = monotonicMs();
  readonly #runner: FaultRunner;
  readonly #status: StatusWatch;
  readonly #sampler: Sampler;
  readonly #incidents: Incident[] = [];
  readonly #counts = new Map<string, number>();
  #toldAtMs = 0;
  #toldIncidents = 0;

  constructor(settings: SoakSettings, scene: Scene) {
    this.#settings = settings;
    this.#scene = scene;
    // What happened until all were live is not judged.
    for (const { receiver } of scene.pushes) receiver.heard.length = 0;
    const { say } = settings;
    this.#runner = new FaultRunner({
      ...{ scene, say, beganAtMs: this.#beganAtMs },
      status: () => this.#status,
    });
    this.#status = new StatusWatch(scene, () => this.#runner.isHouseDisturbed);
    this.#sampler = new Sampler(scene, this.#beganAtMs, (sample) => this.#looked(sample));
  }

  async toEnd() {
    const { seed, durationMs } = this.#settings;
    const sampling = this.#sampler.run();
    await this.#runner.run(planFaults({ seed, durationMs, ...sceneLabels() }));
    await delay(Math.max(0, this.#beganAtMs + durationMs - monotonicMs()));
    this.#sampler.stop();
    await sampling;
    this.#status.stop();
    this.#collect();
    const { samples, ageMsMax } = this.#sampler;
    return {
      ...{ seed, durationMs, samples, ageMsMax },
      faults: this.#runner.done.toSorted((one, other) => one.number - other.number),
      anomalies: this.#anomalies(),
      slopes: judgeSlopes(samples, durationMs),
      status: this.#status.counts,
      witnesses: this.#scene.witnesses.map(({ label, receiver }) => ({
        ...{ label, frames: receiver.frames, sessions: receiver.sessions },
        splices: this.#counts.get(`${label} spliced`) ?? 0,
      })),
      streams: this.#scene.streams.map(({ label, encoder }) => ({
        ...{ label, sentFrames: encoder.sentFrames, unsentBytesMax: encoder.unsentBytesMax },
        breaks: this.#counts.get(`${label} encoder lost`) ?? 0,
      })),
    };
  }

  #looked(sample: Sample): void {
    this.#collect();
    const { say } = this.#settings;
    const anomalies = this.#anomalies();
    for (const { atMs, who, what } of anomalies.slice(this.#toldIncidents)) {
      say(`${clock(atMs)} ANOMALY ${who}: ${what}`);
    }
    this.#toldIncidents = Math.max(this.#toldIncidents, anomalies.length);
    if (sample.atMs - this.#toldAtMs < NEWS_MS) return;
    this.#toldAtMs = sample.atMs;
    const { values } = sample;
    const news = (['relay RSS', 'relay heap', 'relay descriptors', 'age p99', 'load'] as const).map(
      (name) => `${name} ${values[name]?.toFixed(1) ?? '?'}`,
    );
    say(`${clock(sample.atMs)} ${news.join(', ')}; ${anomalies.length} anomalies`);
  }

  /** What witnesses and encoders have noted since this was done last. */
  #collect(): void {
    for (const { label, receiver, proxy } of this.#scene.pushes) {
      for (const { atMs, kind, what } of receiver.heard.splice(0)) {
        if (proxy === undefined) this.#note(atMs, label, kind, what);
      }
    }
    for (const { label, encoder } of this.#scene.streams) {
      for (const { atMs, how } of encoder.breaks.splice(0)) {
        this.#note(atMs, label, 'encoder lost', `the encoder was thrown out: ${how}`);
      }
    }
  }

  #note(atMs: number, who: string, kind: HeardKind | 'encoder lost', what: string): void {
    const count = `${who} ${kind}`;
    this.#counts.set(count, (this.#counts.get(count) ?? 0) + 1);
    this.#incidents.push({ atMs: Math.round(atMs - this.#beganAtMs), who, kind, what });
  }

  #anomalies(): readonly Anomaly[] {
    const { done, periods } = this.#runner;
    const under = (at: number): readonly number[] =>
      periods.filter(({ fromMs, toMs }) => fromMs <= at && at <= toMs).map(({ number }) => number);
    const wrongs = this.#status.wrongs.map(({ atMs, label, state, forMs }): Anomaly => {
      const at = Math.round(atMs - this.#beganAtMs);
      const what = `was told to be ${state} for ${forMs} ms, which it was not`;
      return { atMs: at, who: label, what, during: under(at) };
    });
    const faults = done
      .filter(({ outcome }) => outcome === 'late' || outcome === 'never' || outcome === 'not done')
      .map(({ name, target, outcome, endedAtMs, tookMs, note }): Anomaly => {
        const seconds = (tookMs / 1_000).toFixed(1);
        const how = outcome === 'not done' ? `not done: ${note}` : `${outcome}, ${seconds} s`;
        return { atMs: endedAtMs, who: target, what: `${name}: ${how}`, during: under(endedAtMs) };
      });
    const heard = anomaliesOf(this.#incidents, periods);
    return [...heard, ...wrongs, ...faults].toSorted((one, other) => one.atMs - other.atMs);
  }
}
