/** In units of the drawing. */
export const lineSize = { width: 300, height: 40 } as const;
/** Of more values, so many in a row become their mean. */
const pointsMax = 150;

/** Values as the points of a line over the whole drawing; the largest one reaches its top. */
export function linePoints(values: readonly number[]): string {
  const step = Math.max(1, Math.ceil(values.length / pointsMax));
  const means = Array.from({ length: Math.ceil(values.length / step) }, (_, index) => {
    const part = values.slice(index * step, (index + 1) * step);
    return part.reduce((sum, value) => sum + value, 0) / part.length;
  });
  const top = Math.max(1, ...means);
  const { width, height } = lineSize;
  const stride = width / Math.max(1, means.length - 1);
  return means
    .map((value, index) => `${round(index * stride)},${round(height - (value / top) * height)}`)
    .join(' ');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
