const groups = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/** `6,120 kbit/s` */
export function kbitPerSecond(kbps: number): string {
  return `${groups.format(kbps)} kbit/s`;
}

/** `0:07`, `12:31`, `1:02:05`, `2 d 3 h` — how long something has lasted. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const two = (value: number): string => String(value).padStart(2, '0');
  if (hours >= 24) return `${Math.floor(hours / 24)} d ${hours % 24} h`;
  if (hours > 0) return `${hours}:${two(minutes % 60)}:${two(seconds % 60)}`;
  return `${minutes}:${two(seconds % 60)}`;
}

/** `in 12 s`, `in 2 min`, `now` */
export function countdown(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds <= 0) return 'now';
  return seconds < 100 ? `in ${seconds} s` : `in ${Math.round(seconds / 60)} min`;
}

/** `0.4 s`, `2.5 s`, `30 s`, `2 min 5 s` — a distance in time, as exact as it matters. */
export function timeSpan(ms: number): string {
  const seconds = Math.max(0, ms) / 1000;
  if (seconds < 9.95) return `${Number(seconds.toFixed(1))} s`;
  const whole = Math.round(seconds);
  if (whole < 100) return `${whole} s`;
  const rest = whole % 60;
  return rest === 0 ? `${whole / 60} min` : `${Math.floor(whole / 60)} min ${rest} s`;
}

/** The host of a server URL, for a row that has no room for all of it. */
export function hostOf(url: string): string {
  return /^[a-z]+:\/\/([^/]+?)(?::443)?(?:\/|$)/i.exec(url)?.[1] ?? url;
}

const codecNames: Readonly<Record<string, string>> = {
  avc1: 'H.264',
  hvc1: 'HEVC',
  av01: 'AV1',
  vp09: 'VP9',
  vp08: 'VP8',
  mp4a: 'AAC',
  opus: 'Opus',
  'ac-3': 'AC-3',
  'ec-3': 'E-AC-3',
  flac: 'FLAC',
  '.mp3': 'MP3',
};

/** A codec by the name people know, where it has one. */
export function codecName(fourCc: string): string {
  return codecNames[fourCc.toLowerCase()] ?? fourCc;
}

/** An encoder without the disguise that most of them wear: `FMLE/3.0 (compatible; Lavf59)`. */
export function encoderName(text: string): string {
  return /^FMLE\/3\.0 \(compatible; ([^)]+)\)$/.exec(text)?.[1] ?? text;
}

/** `1 frame`, `12,000 frames` */
export function countWords(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}
