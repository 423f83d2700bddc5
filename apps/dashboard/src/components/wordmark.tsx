export function Wordmark() {
  return (
    <span className="wordmark">
      <svg viewBox="0 0 32 32" aria-hidden="true" focusable="false">
        <path d="M3 16h26M9 16c5 0 5-9 11-9h5M9 16c5 0 5 9 11 9h5" />
      </svg>
      Forkcast
    </span>
  );
}
