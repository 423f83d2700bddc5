/** One stroke, 16 × 16, drawn in the colour of the text beside it. */
const paths = {
  await: 'M5 2.5h6M5 13.5h6M5.5 2.5v2.2L8 8l2.5-3.3V2.5M5.5 13.5v-2.2L8 8l2.5 3.3v2.2',
  busy: 'M8 2a6 6 0 1 1-5.6 3.9',
  live: 'M8 8h.01M5 11a4 4 0 0 1 0-6m6 0a4 4 0 0 1 0 6M3 13a7 7 0 0 1 0-10m10 0a7 7 0 0 1 0 10',
  slow: 'M8 2.5 14.2 13.5H1.8zM8 6.5v3.2M8 11.7h.01',
  retry: 'M13.5 3v3.5H10M13.2 6.5A5.6 5.6 0 1 0 13.6 9',
  attention: 'M5.5 2h5L14 5.5v5L10.5 14h-5L2 10.5v-5zM8 5v3.6M8 10.9h.01',
  settings: 'M2 5h7M12 5h2M2 11h2M7 11h7M10.5 3.5v3M5.5 9.5v3',
  stopped: 'M4 4h8v8H4z',
  hold: 'M5.5 14 3 10.5l1.5-1L6 11V4a1 1 0 0 1 2 0v3-4a1 1 0 0 1 2 0v5-3a1 1 0 0 1 2 0v6l-1 3z',
  past: 'M8 4.8V8l2.3 1.6M2.6 8a5.4 5.4 0 1 0 1.7-4M2.5 2.2v2.5H5',
  more: 'M3 8h.01M8 8h.01M13 8h.01',
  plus: 'M8 3v10M3 8h10',
  copy: 'M5.5 5.5h7v7h-7zM3.5 10.5v-7h7',
  check: 'M3 8.5 6.5 12 13 4.5',
  close: 'M4 4l8 8M12 4l-8 8',
  person: 'M8 8a2.8 2.8 0 1 0 0-5.6A2.8 2.8 0 0 0 8 8M2.5 14a5.5 5.5 0 0 1 11 0',
  leave: 'M9.5 3H3.5v10h6M7 8h6.5M11 5.5 13.5 8 11 10.5',
  keys: 'M1.5 4.5h13v7h-13zM4 7h.01M6.7 7h.01M9.3 7h.01M12 7h.01M5 9.5h6',
  bell: 'M4 11V7a4 4 0 0 1 8 0v4M2.5 11h11M6.5 13.5h3',
  linked: 'M3 8.5 6.5 12 13 4.5',
  unlinked: 'M3 3l10 10M4.5 10.5h6.5M12.7 9A2.5 2.5 0 0 0 11 5.5 4 4 0 0 0 7.5 4',
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg className={`icon icon-${name}`} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}
