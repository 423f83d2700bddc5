import type { StatisticsAnswer, StatisticsPoint as Point } from '#control';
import type { StatisticsPoint, StatisticsQuery, WorkspaceDatabase } from '#persistence';

/** Reads figures, each series with the name that its destination had. */
export async function readStatistics(
  workspace: WorkspaceDatabase,
  broadcastId: string,
  query: StatisticsQuery,
): Promise<StatisticsAnswer> {
  const { resolution, from, to } = query;
  const series = await workspace.statistics.series(broadcastId, query);
  const attempts = await workspace.broadcasts.attemptTotals(broadcastId);
  const nameOf = new Map(attempts.map((one) => [one.destinationId, one.destinationName]));
  return {
    resolution,
    from: from.toISOString(),
    to: to.toISOString(),
    series: series.map(({ destinationId, points }) => ({
      destinationId,
      name: nameOf.get(destinationId ?? '') ?? null,
      points: points.map(pointView),
    })),
  };
}

function pointView({ at, kbpsAvg, kbpsMin, kbpsMax, ...rest }: StatisticsPoint): Point {
  return { ...rest, at: at.toISOString(), kbps: { avg: kbpsAvg, min: kbpsMin, max: kbpsMax } };
}
