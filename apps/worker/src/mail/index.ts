import type { WorkerPart } from '../worker-part.ts';
import { RESOURCES } from '../tokens.ts';
import type { Resources } from '../resources.ts';
import { Mailer, NoMailer } from './mailer.ts';
import { SmtpMailer } from './smtp-mailer.ts';

/** Sends mail. */
export const mail: WorkerPart = {
  providers: [
    {
      provide: Mailer,
      inject: [RESOURCES],
      useFactory: ({ environment: { SMTP_URL, SMTP_FROM } }: Resources): Mailer =>
        SMTP_URL === undefined || SMTP_FROM === undefined
          ? new NoMailer()
          : new SmtpMailer({ url: SMTP_URL, from: SMTP_FROM }),
    },
  ],
  duties: [],
};
