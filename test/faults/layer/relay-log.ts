import type { FaultScene } from './scene.ts';

/** What is told of a misfortune that may come often. */
export interface LogLine {
  /** How often, since the line before. */
  readonly times: number;
}

/** The lines of the relay's log with such words, once they tell of so many times. */
export function said(scene: FaultScene, words: string, times: number): Promise<readonly LogLine[]> {
  return scene.until(`${words}, ${times} times`, () => {
    const lines = relayLines(scene, words);
    return lines.reduce((sum, line) => sum + line.times, 0) >= times && lines;
  });
}

function relayLines(scene: FaultScene, words: string): readonly LogLine[] {
  const lines = scene.forkcast.output.split('\n').filter((line) => line.includes(words));
  return lines.map((line) => JSON.parse(line.slice(line.indexOf('{'))) as LogLine);
}
