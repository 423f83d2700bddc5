import type { InputRole, InputStatus, StreamStatus } from '#contracts';
import type { Tone } from '../../lib/looks.ts';
import { IngestFacts } from './ingest-facts.tsx';
import { IngestLine } from './ingest-line.tsx';

interface InputLook {
  readonly word: string;
  readonly tone: Tone;
}

const noEncoder: InputLook = { word: 'No encoder', tone: 'quiet' };
const frozen: InputLook = { word: 'Sends no picture', tone: 'fair' };
const starting: InputLook = { word: 'Starting', tone: 'busy' };
const looks: Readonly<Record<InputStatus['health'], Readonly<Record<'on' | 'off', InputLook>>>> = {
  well: {
    on: { word: 'On air', tone: 'good' },
    off: { word: 'Standing by', tone: 'quiet' },
  },
  waiting: { on: starting, off: starting },
  // Viewers are sent the last picture meanwhile.
  frozen: { on: frozen, off: frozen },
};

const inputNames: Readonly<Record<InputRole, string>> = { primary: 'Primary', backup: 'Backup' };
const roles: readonly InputRole[] = ['primary', 'backup'];

/** What arrives: of the one input, or of each where the backup has a part in it. */
export function InputLines({ status }: { readonly status: StreamStatus }) {
  const { inputs, activeInput, ingest } = status;
  if (inputs.backup === null && activeInput !== 'backup') {
    return ingest === null ? null : <IngestFacts ingest={ingest} />;
  }
  return (
    <ul className="inputs">
      {roles.map((role) => {
        const input = inputs[role];
        const isActive = role === activeInput;
        const look = input === null ? noEncoder : looks[input.health][isActive ? 'on' : 'off'];
        return (
          <li key={role} aria-label={`${inputNames[role]} input`}>
            <p>
              <b>{inputNames[role]}</b>
              <span className={`pill tone-${look.tone}`}>{look.word}</span>
            </p>
            {input !== null &&
              (isActive ? <IngestFacts ingest={input} /> : <IngestLine ingest={input} />)}
          </li>
        );
      })}
    </ul>
  );
}
