import { z } from 'zod';
import { apiDefaultOf, type ApiEnvironment } from '../env.ts';

/** A variable of the API's environment, as it is in effect. */
const settingSchema = z
  .object({
    name: z.string(),
    /** Null: it is not set. Where it is hidden, and is set: `set`. */
    value: z.string().nullable(),
    isHidden: z.boolean(),
    /** It is what it would be if nobody set it. */
    isDefault: z.boolean(),
    /** What it is for. */
    sentence: z.string(),
  })
  .meta({ id: 'Setting' });
type SettingView = z.infer<typeof settingSchema>;

export const settingsSchema = z.object({ items: z.array(settingSchema) }).meta({ id: 'Settings' });

interface Told {
  readonly sentence: string;
  /** Only that it is set is ever shown. */
  readonly isSecret?: true;
}

/** A variable that is new does not compile until it is said here whether it is a secret. */
const TOLD: Readonly<Record<keyof ApiEnvironment, Told>> = {
  HTTP_PORT: { sentence: 'The port of the page and the API; 0: any that is free.' },
  BIND_HOST: { sentence: 'The address on which the page and the API listen.' },
  FORKCAST_PUBLIC_URL: {
    sentence: 'How people reach this page where that is not by host and port: links begin with it.',
  },
  TRUSTED_PROXIES: {
    sentence: 'Proxies that are believed when they say whom they ask for: addresses or CIDRs.',
  },
  RTMP_PORT: { sentence: 'The port on which encoders publish over RTMP; 0: turned off.' },
  RTMPS_PORT: { sentence: 'The port on which encoders publish over RTMPS; 0: turned off.' },
  DATABASE_URL: {
    sentence: 'The Postgres that holds what should be and what happened.',
    isSecret: true,
  },
  REDIS_URL: { sentence: 'The Redis that holds what is live, and the queues.', isSecret: true },
  FORKCAST_DATA_DIR: { sentence: 'The folder of what is kept on this machine.' },
  FORKCAST_MASTER_KEY: {
    sentence: 'What destination keys are sealed with; unset, it lies in a file of the data folder.',
    isSecret: true,
  },
  FORKCAST_MASTER_KEY_FILE: { sentence: 'The file that holds the master key.' },
  FORKCAST_MASTER_KEY_PREVIOUS: {
    sentence: 'Master keys of before: they open what they have sealed, and seal nothing.',
    isSecret: true,
  },
  SMTP_URL: { sentence: 'The server that sends mail; unset, no mail is sent.', isSecret: true },
  SMTP_FROM: { sentence: 'Whom mail comes from.' },
  FORKCAST_ADMIN_EMAIL: { sentence: 'The address of the first administrator.' },
  FORKCAST_ADMIN_PASSWORD: {
    sentence: 'The password of the first administrator, read at the first start alone.',
    isSecret: true,
  },
  FORKCAST_BOOTSTRAP_TOKEN: {
    sentence: 'A token that may do everything, for automation.',
    isSecret: true,
  },
  ALLOW_PRIVATE_DESTINATIONS: {
    sentence: 'Networks that destinations may lie in although they are not public: CIDRs.',
  },
  RATE_LIMIT_PERCENT: {
    sentence: 'Of the limits on how often the API may be asked; 0: there are none.',
  },
  LOG_LEVEL: { sentence: 'How much is logged.' },
};

/** A password that stands in an address, wherever that is. */
const CREDENTIALS = /\/\/[^/?#]*@/;

export function settingsView(environment: ApiEnvironment): SettingView[] {
  const names = Object.keys(TOLD) as (keyof ApiEnvironment)[];
  return names.map((name) => {
    const { sentence, isSecret: isAlways = false } = TOLD[name];
    const text = textOf(environment[name]);
    const isHidden = isAlways || (text !== null && CREDENTIALS.test(text));
    return {
      name,
      value: isHidden && text !== null ? 'set' : text,
      isHidden,
      isDefault: text === textOf(apiDefaultOf(name)),
      sentence,
    };
  });
}

function textOf(value: string | number | undefined): string | null {
  return value === undefined || value === '' ? null : String(value);
}
