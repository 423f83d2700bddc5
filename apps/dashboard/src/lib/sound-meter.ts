/** Below, nothing is heard. */
export const silenceDecibels = -60;

/** What is heard of an element, to be measured. */
export interface SoundMeter {
  /** The loudest of the last moment, in dB below full scale: 0 at most. */
  readonly level: () => number;
  /** Whether it comes out of the loudspeaker, too. */
  readonly setHeard: (isHeard: boolean) => void;
  readonly close: () => void;
}

/** Samples that are looked at: about 43 ms. */
const samplesAtOnce = 2_048;

/**
 * Measures what an element plays, which then is heard through the meter alone. An element can be
 * measured by one meter ever; to be called by who has just pressed something, as browsers want it.
 */
export function measureSound(element: HTMLMediaElement): SoundMeter {
  const context = new AudioContext();
  const analyser = new AnalyserNode(context, { fftSize: samplesAtOnce });
  const loudness = new GainNode(context, { gain: 0 });
  context.createMediaElementSource(element).connect(analyser).connect(loudness);
  loudness.connect(context.destination);
  // What is muted at its source cannot be measured.
  element.muted = false;
  const samples = new Float32Array(samplesAtOnce);
  return {
    level() {
      analyser.getFloatTimeDomainData(samples);
      return decibelsOf(samples);
    },
    setHeard: (isHeard) => void (loudness.gain.value = isHeard ? 1 : 0),
    close: () => void context.close(),
  };
}

/** Of the loudest sample; of silence `silenceDecibels`. */
export function decibelsOf(samples: ArrayLike<number>): number {
  let peak = 0;
  for (let index = 0; index < samples.length; index += 1) {
    peak = Math.max(peak, Math.abs(samples[index] ?? 0));
  }
  const decibels = peak === 0 ? silenceDecibels : 20 * Math.log10(peak);
  return Math.min(0, Math.max(silenceDecibels, decibels));
}
