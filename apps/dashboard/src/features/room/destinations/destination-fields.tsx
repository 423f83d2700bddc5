import type { Destination } from '#contracts';
import type { DestinationSplit } from '#control';
import { useId, useState } from 'react';
import { Choice } from '../../../components/choice.tsx';
import { Field } from '../../../components/field.tsx';
import type { ApiProblem } from '../../../lib/api-problem.ts';
import type { DestinationSettings } from '../../../lib/api.ts';
import { textOf } from '../../../lib/form-text.ts';
import { testPlatformId } from '../../../lib/push-words.ts';
import { maskedKey } from './paste-box.tsx';
import { customPlatform } from './platforms.ts';
import type { PlatformChoice } from './platforms.ts';
import './dialogs.css';

export const delaySecondsMax = 600;
const backupAfterMax = 20;
const backupAfterDefault = 3;

interface DestinationFieldsProps {
  readonly platform: PlatformChoice;
  /** Undefined for a new one, whose fields then hold the platform's preset. */
  readonly destination?: Destination;
  /** What was pasted for a new one; its key stays with the form. */
  readonly pasted?: DestinationSplit | undefined;
  /** The longest delay that fits at the present bitrate, in seconds; null: nobody knows. */
  readonly delayFits: number | null;
  readonly problem: ApiProblem | undefined;
}

/** Made anew for each platform, so that its preset stands in the fields. */
export function DestinationFields(props: DestinationFieldsProps) {
  const { platform, destination, pasted, problem } = props;
  // Of a server of one's own, what was pasted names the host.
  const preset = platform.id === customPlatform.id ? (pasted?.host ?? '') : platform.name;
  return (
    <>
      <Field
        label="Name"
        name="name"
        defaultValue={destination?.name ?? preset}
        placeholder="My channel"
        required
        fault={problem?.faultOf('name')}
      />
      {platform.id === testPlatformId ? <TestTarget {...props} /> : <TargetFields {...props} />}
      <MoreFields {...props} />
    </>
  );
}

/** It has neither server nor key of its own: what is sent for them is left aside. */
function TestTarget({ platform, destination }: DestinationFieldsProps) {
  return (
    <>
      <p className="hint">{platform.keyHelp}</p>
      <input type="hidden" name="url" value={platform.servers[0]?.url ?? ''} />
      {destination === undefined && <input type="hidden" name="streamKey" value="test" />}
    </>
  );
}

/** Where it goes, and with which key. */
function TargetFields(props: DestinationFieldsProps) {
  const { destination, pasted, problem } = props;
  return (
    <>
      <ServerFields {...props} />
      <Field
        label="Stream key"
        name="streamKey"
        type="password"
        autoComplete="off"
        required={destination === undefined && pasted === undefined}
        placeholder={
          pasted ? maskedKey(pasted.streamKey) : destination && `•••• ${destination.keyHint}`
        }
        hint={keyHint(props)}
        fault={problem?.faultOf('streamKey')}
      />
    </>
  );
}

/** The servers of a platform to choose from; any other can be typed. */
function ServerFields({ platform, destination, pasted, problem }: DestinationFieldsProps) {
  const { servers } = platform;
  const [url, setUrl] = useState(destination?.url ?? pasted?.url ?? servers[0]?.url ?? '');
  const urlsId = useId();
  const chosen = servers.find((server) => bare(server.url) === bare(url))?.url ?? '';
  return (
    <>
      {servers.length > 1 && (
        <Choice
          label="Region"
          value={chosen}
          onChange={({ target }) => setUrl(target.value === '' ? url : target.value)}
          options={[
            ...servers.map((server) => [server.url, placeOf(server, servers)] as const),
            ['', 'Another server'],
          ]}
        />
      )}
      <Field
        label="Server URL"
        name="url"
        value={url}
        onChange={({ target }) => setUrl(target.value)}
        placeholder="rtmps://live.example.com/app"
        list={urlsId}
        required
        fault={problem?.faultOf('url')}
      />
      <datalist id={urlsId}>
        {servers.map((server) => (
          <option key={server.url} value={server.url}>
            {server.label}
          </option>
        ))}
      </datalist>
    </>
  );
}

type Servers = PlatformChoice['servers'];

const bare = (url: string): string => url.replace(/\/+$/, '');

/** Says of a plain server that it is one, where the platform has others. */
function placeOf({ url, label }: Servers[number], servers: Servers): string {
  const isPlain = url.startsWith('rtmp:') && servers.some((each) => each.url.startsWith('rtmps:'));
  return isPlain && !label.includes('encryption') ? `${label}, without encryption` : label;
}

function keyHint({ platform, destination, pasted }: DestinationFieldsProps) {
  if (destination !== undefined) return 'Leave it empty to keep the present one.';
  if (pasted !== undefined) return 'Leave it empty to use the pasted one.';
  if (platform.keyHelp === '') {
    return 'Kept encrypted; only its last four characters are shown from now on.';
  }
  return (
    <>
      {platform.keyHelp}{' '}
      {platform.keyUrl !== null && (
        <a href={platform.keyUrl} target="_blank" rel="noreferrer">
          Where is my key?
        </a>
      )}
    </>
  );
}

const moreFields = ['backupUrl', 'backupAfter', 'resume', 'delaySeconds'];

/** What most destinations never need. */
function MoreFields({ destination, pasted, delayFits, problem }: DestinationFieldsProps) {
  const atFault = moreFields.some((field) => problem?.faultOf(field) !== undefined);
  return (
    <details className="more" open={atFault}>
      <summary>Backup server, outages, delay</summary>
      <Field
        label="Backup server"
        name="backupUrl"
        defaultValue={destination?.backupUrl ?? pasted?.backupUrl ?? ''}
        placeholder="rtmps://backup.example.com/app"
        hint="Used with the same key when the server above fails; may stay empty."
        fault={problem?.faultOf('backupUrl')}
      />
      <Field
        label="Failures before the other server is tried"
        name="backupAfter"
        type="number"
        min={0}
        max={backupAfterMax}
        defaultValue={destination?.backupAfter ?? backupAfterDefault}
        hint="In a row. 0: at once when a live connection drops."
        fault={problem?.faultOf('backupAfter')}
      />
      <Choice
        label="After an outage"
        name="resume"
        defaultValue={destination?.resume ?? 'live'}
        options={[
          ['live', 'Go on live'],
          ['rewind', 'Go on where it stopped, as far as that is still held'],
        ]}
        hint="Never faster than real time: what goes on where it stopped stays behind."
      />
      <Field
        label="Delay in seconds"
        name="delaySeconds"
        type="number"
        min={0}
        max={delaySecondsMax}
        defaultValue={destination?.delaySeconds ?? 0}
        hint={delayHint(delayFits)}
        fault={problem?.faultOf('delaySeconds')}
      />
    </details>
  );
}

/** How long a delay may be. `delayFits`: in seconds at the present bitrate, where it is known. */
export function delayHint(delayFits: number | null): string {
  return delayFits === null
    ? `Up to ${delaySecondsMax}, as far as memory goes at the stream’s bitrate.`
    : `At the present bitrate, memory holds up to ${delayFits}.`;
}

/** What the fields say, but for the key, which stays with its form. */
export function settingsOf(form: FormData): DestinationSettings {
  const [name, url, backupUrl] = ['name', 'url', 'backupUrl'].map((field) =>
    textOf(form, field).trim(),
  ) as [string, string, string];
  return {
    name,
    url,
    backupUrl: backupUrl === '' ? null : backupUrl,
    backupAfter: Number(textOf(form, 'backupAfter')),
    resume: textOf(form, 'resume') === 'rewind' ? 'rewind' : 'live',
    delaySeconds: Number(textOf(form, 'delaySeconds')),
  };
}
