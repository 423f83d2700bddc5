import type { Platform } from '#contracts';

/** The page docs/platforms.md, as the data says it. */
export function platformsPage(platforms: readonly Platform[]): string {
  const known = platforms.filter(({ id }) => id !== 'custom' && id !== 'test');
  return [
    '# Platforms',
    '',
    `What Forkcast knows of ${known.length} platforms, from`,
    '[one file each](../libs/platforms/src/data); `GET /api/v1/platforms` gives the same. This',
    'page is written from those files: `npx vitest run --project unit libs/platforms -u`. A dash',
    'means that the platform does not say, or that nobody has confirmed it: then nothing is',
    'checked. A star: over Enhanced RTMP only. Rates are in kbit/s. Any other server is a custom',
    'one.',
    '',
    table(
      ['Platform', 'RTMPS', 'Video', 'kbit/s', 'Audio kbit/s', 'Picture', 'Keyframes', 'B-frames'],
      known.map(limitsRow),
    ),
    '',
    table(
      ['Platform', 'Key', 'Longest', 'Backup', 'Private test', 'Verified'],
      known.map(rulesRow),
    ),
    '',
    ...known.flatMap(section),
  ].join('\n');
}

const dash = '–';
const or = (value: number | string | null, unit = ''): string =>
  value === null
    ? dash
    : `${typeof value === 'number' ? value.toLocaleString('en') : value}${unit}`;

function limitsRow({ name, servers, videoCodecs, enhancedRtmpCodecs, limits }: Platform): string[] {
  const { videoKbpsMax, audioKbpsMax, widthMax, heightMax, fpsMax, bFramesMax } = limits;
  const { keyframeSecondsMax, keyframeSecondsWanted } = limits;
  const isEnhanced = (codec: Platform['videoCodecs'][number]) => enhancedRtmpCodecs.includes(codec);
  const size = widthMax === null || heightMax === null ? [] : [`${widthMax}×${heightMax}`];
  const picture = [...size, ...(fpsMax === null ? [] : [`${fpsMax} fps`])].join(', ');
  const keyframes = [
    ...(keyframeSecondsWanted === null ? [] : [`${keyframeSecondsWanted} s`]),
    ...(keyframeSecondsMax === null ? [] : [`at most ${keyframeSecondsMax} s`]),
  ].join(', ');
  return [
    name,
    servers.some(({ url }) => url.startsWith('rtmps:')) ? 'yes' : servers.length > 0 ? 'no' : dash,
    videoCodecs.map((codec) => (isEnhanced(codec) ? `${codec}*` : codec)).join(', '),
    or(videoKbpsMax),
    or(audioKbpsMax),
    picture || dash,
    keyframes || dash,
    bFramesMax === 0 ? 'none' : or(bFramesMax),
  ];
}

const keyWords = { reusable: 'lasts', 'per-event': 'new for each broadcast' } as const;
const backupWords = {
  'same-key': 'same key',
  'other-key': 'URL and key of its own',
  none: 'none',
} as const;

function rulesRow(platform: Platform): string[] {
  const { name, keyLifetime, limits, backupIngest, privateTest, verifiedOn } = platform;
  return [
    name,
    keyLifetime === null ? dash : keyWords[keyLifetime],
    or(limits.hoursMax, ' h'),
    backupIngest === null ? dash : backupWords[backupIngest],
    privateTest === null ? dash : `\`${privateTest.append}\``,
    verifiedOn,
  ];
}

function section({ name, keyHelp, keyUrl, limits, notes, sources }: Platform): string[] {
  const link = keyUrl === null ? '' : ` [Open it](${keyUrl}).`;
  const modes = limits.videoKbpsByMode.map(
    ({ height, fps, kbpsMax }) => `${height}p${fps} ${or(kbpsMax)}`,
  );
  const lines = [
    `Key: ${keyHelp}${link}`,
    ...(modes.length === 0 ? [] : [`kbit/s by picture: ${modes.join(', ')}.`]),
    ...notes,
    `Sources: ${sources.map(sourceWords).join('; ')}.`,
  ];
  return [`## ${name}`, '', ...lines.map((line) => `- ${line}`), ''];
}

function sourceWords({ kind, what, url, readOn }: Platform['sources'][number]): string {
  return `${url === null ? what : `[${what}](${url})`} (${kind}, read ${readOn})`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => '---'), ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
