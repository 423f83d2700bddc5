/** What one destination has received, for a row of the table. */
export interface Score {
  readonly name: string;
  /** What Forkcast says of the push. */
  readonly state: string;
  readonly kilobitsPerSecond: number;
  readonly videoFrames: number;
  readonly bytes: number;
}

const BYTES_PER_MEGABYTE = 1_000_000;
const HEADINGS = ['destination', 'state', 'kbit/s', 'frames', 'MB'] as const;

/** The table, a line for the headings and one for each destination; numbers to the right. */
export function scoreboard(scores: readonly Score[]): string[] {
  const rows = [HEADINGS, ...scores.map(cells)];
  const widths = HEADINGS.map((_, column) => {
    return Math.max(...rows.map((row) => row[column]?.length ?? 0));
  });
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return column < 2 ? cell.padEnd(width) : cell.padStart(width);
      })
      .join('   '),
  );
}

/** One line for a log: what a terminal's table shows, without its form. */
export function scoreLine(scores: readonly Score[]): string {
  return scores
    .map((score) => {
      const [name, state, rate, frames, megabytes] = cells(score);
      return `${name}: ${state}, ${rate} kbit/s, ${frames} frames, ${megabytes} MB`;
    })
    .join(' | ');
}

function cells(score: Score): readonly string[] {
  return [
    score.name,
    score.state.replaceAll('_', ' '),
    score.kilobitsPerSecond.toFixed(0),
    String(score.videoFrames),
    (score.bytes / BYTES_PER_MEGABYTE).toFixed(1),
  ];
}
