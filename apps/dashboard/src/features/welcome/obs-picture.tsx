const places = ['General', 'Stream', 'Output', 'Audio', 'Video'];
/** As many letters as there is room for. */
const lettersMax = 34;

/** OBS's Settings → Stream as we draw it, with the values of this stream; of the key, dots. */
export function ObsPicture({ server }: { readonly server: string }) {
  const fields = [
    ['Service', 'Custom…'],
    ['Server', server.length > lettersMax ? `${server.slice(0, lettersMax - 1)}…` : server],
    ['Stream Key', '••••••••••••••••••••'],
  ] as const;
  return (
    <svg
      className="obs-picture"
      viewBox="0 0 480 190"
      role="img"
      aria-label="OBS, Settings, Stream: service Custom, then the server and the stream key"
    >
      <rect className="obs-window" x="1" y="1" width="478" height="188" rx="8" />
      <text className="obs-title" x="240" y="21">
        Settings
      </text>
      <line className="obs-edge" x1="1" y1="32" x2="479" y2="32" />
      <line className="obs-edge" x1="112" y1="32" x2="112" y2="189" />
      <rect className="obs-chosen" x="6" y="64" width="100" height="24" rx="4" />
      {places.map((place, index) => (
        <text key={place} className={place === 'Stream' ? 'obs-at' : ''} x="18" y={54 + index * 26}>
          {place}
        </text>
      ))}
      {fields.map(([label, value], index) => (
        <g key={label}>
          <text className="obs-label" x="206" y={73 + index * 42}>
            {label}
          </text>
          <rect className="obs-field" x="216" y={54 + index * 42} width="250" height="28" rx="4" />
          <text x="226" y={73 + index * 42}>
            {value}
          </text>
        </g>
      ))}
    </svg>
  );
}
