import type { Destination } from '#contracts';
import { useId } from 'react';
import { Choice } from '../../components/choice.tsx';
import { Field } from '../../components/field.tsx';
import type { ApiProblem } from '../../lib/api-problem.ts';
import type { DestinationSettings } from '../../lib/api.ts';
import { textOf } from '../../lib/form-text.ts';
import { customPlatform } from './platforms.ts';
import type { PlatformChoice } from './platforms.ts';

const delaySecondsMax = 600;
const backupAfterMax = 20;
const backupAfterDefault = 3;

interface DestinationFieldsProps {
  readonly platform: PlatformChoice;
  /** Undefined for a new one, whose fields then hold the platform's preset. */
  readonly destination?: Destination;
  /** The longest delay that fits at the present bitrate, in seconds; null: nobody knows. */
  readonly delayFits: number | null;
  readonly problem: ApiProblem | undefined;
}

/** Made anew for each platform, so that its preset stands in the fields. */
export function DestinationFields(props: DestinationFieldsProps) {
  const { platform, destination, problem } = props;
  const urlsId = useId();
  const preset = platform.id === customPlatform.id ? '' : platform.name;
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
      <Field
        label="Server URL"
        name="url"
        defaultValue={destination?.url ?? platform.servers[0]?.url ?? ''}
        placeholder="rtmps://live.example.com/app"
        list={urlsId}
        required
        fault={problem?.faultOf('url')}
      />
      <datalist id={urlsId}>
        {platform.servers.map(({ url, label }) => (
          <option key={url} value={url}>
            {label}
          </option>
        ))}
      </datalist>
      <Field
        label="Stream key"
        name="streamKey"
        type="password"
        autoComplete="off"
        required={destination === undefined}
        placeholder={destination && `•••• ${destination.keyHint}`}
        hint={keyHint(props)}
        fault={problem?.faultOf('streamKey')}
      />
      <MoreFields {...props} />
    </>
  );
}

function keyHint({ platform, destination }: DestinationFieldsProps): string {
  if (destination !== undefined) return 'Leave it empty to keep the present one.';
  return platform.keyHelp || 'Kept encrypted; it is never shown again.';
}

const moreFields = ['backupUrl', 'backupAfter', 'resume', 'delaySeconds'];

/** What most destinations never need. */
function MoreFields({ destination, delayFits, problem }: DestinationFieldsProps) {
  const atFault = moreFields.some((field) => problem?.faultOf(field) !== undefined);
  return (
    <details className="more" open={atFault}>
      <summary>Backup server, outages, delay</summary>
      <Field
        label="Backup server"
        name="backupUrl"
        defaultValue={destination?.backupUrl ?? ''}
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
        hint={
          delayFits === null
            ? `Up to ${delaySecondsMax}, as far as memory goes at the stream’s bitrate.`
            : `At the present bitrate, memory holds up to ${delayFits}.`
        }
        fault={problem?.faultOf('delaySeconds')}
      />
    </details>
  );
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
