import type { Named } from '../../lib/client.ts';
import { kbitPerSecond } from '../../lib/words.ts';
import { bytesWords, countWords, figuresOf } from './usage-words.ts';

/** What a workspace has and uses, against what it may. */
export function UsageFigures({ usage }: { readonly usage: Named<'Usage'> }) {
  return (
    <ul className="figures">
      {figuresOf(usage).map(({ label, words, used, max }) => (
        <li key={label}>
          <span>{label}</span>
          <span>{words}</span>
          {max !== null && (
            <meter aria-label={label} min={0} max={Math.max(1, max)} value={Math.min(used, max)} />
          )}
        </li>
      ))}
    </ul>
  );
}

/** Day by day, as the server counts them. */
export function UsageDays({ days }: Pick<Named<'Usage'>, 'days'>) {
  if (days.length === 0) return <p className="hint">Nothing was sent this month.</p>;
  return (
    <table className="days">
      <caption>By day, in UTC</caption>
      <thead>
        <tr>
          <th scope="col">Day</th>
          <th scope="col">Minutes</th>
          <th scope="col">Sent</th>
          <th scope="col">At most</th>
        </tr>
      </thead>
      <tbody>
        {days.map(({ day, relayMinutes, bytesOut, outKbpsPeak }) => (
          <tr key={day}>
            <th scope="row">{day}</th>
            <td>{countWords(relayMinutes)}</td>
            <td>{bytesWords(bytesOut)}</td>
            <td>{kbitPerSecond(outKbpsPeak)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
