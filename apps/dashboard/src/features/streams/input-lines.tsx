import type { InputRole, InputStatus, StreamStatus } from '#contracts';
import type { Tone } from '../../lib/looks.ts';
import { IngestLine } from './ingest-line.tsx';

interface InputLook {
  readonly word: string;
  readonly tone: Tone;
}

const noEncoder: InputLook = { word: 'No encoder', tone: 'quiet' };
const looks: Readonly<Record<InputStatus['health'], Readonly<Record<'on' | 'off', InputLook>>>> = {
  well: {
    on: { word: 'On air', tone: 'good' },
    off: { word: 'Standing by', tone: 'quiet' },
  },
  waiting: {
    on: { word: 'Starting', tone: 'busy' },
    off: { word: 'Starting', tone: 'busy' },
  },
  frozen: {
    on: { word: 'Sends no picture', tone: 'bad' },
    off: { word: 'Sends no picture', tone: 'fair' },
  },
};

export const inputNames: Readonly<Record<InputRole, string>> = {
  primary: 'Primary',
  backup: 'Backup',
};
const roles: readonly InputRole[] = ['primary', 'backup'];

/** What arrives: one line, or one for each input where the backup has a part in it. */
export function InputLines({ status }: { readonly status: StreamStatus }) {
  const { inputs, activeInput, ingest } = status;
  if (inputs.backup === null && activeInput !== 'backup') {
    return ingest === null ? null : <IngestLine ingest={ingest} />;
  }
  return (
    <ul className="inputs">
      {roles.map((role) => {
        const input = inputs[role];
        const look = input === null ? noEncoder : looks[input.health][lightOf(role, activeInput)];
        return (
          <li key={role} aria-label={`${inputNames[role]} input`}>
            <p>
              <b>{inputNames[role]}</b>
              <span className={`pill tone-${look.tone}`}>{look.word}</span>
            </p>
            {input !== null && <IngestLine ingest={input} />}
          </li>
        );
      })}
    </ul>
  );
}

function lightOf(role: InputRole, activeInput: InputRole | null): 'on' | 'off' {
  return role === activeInput ? 'on' : 'off';
}
