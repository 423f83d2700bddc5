import { RunningProgram } from './running-program.ts';

export interface PublishOptions {
  /** Where to: server URL and key as one, as ffmpeg wants it. */
  readonly url: string;
  readonly file: string;
  /** Publish only this much of the file. */
  readonly seconds?: number;
  /** Begin the file again when it is over. */
  readonly endless?: boolean;
  /** The name by which the encoder introduces itself. */
  readonly encoder?: string;
  /** What it says of the file besides, in onMetaData. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/**
 * ffmpeg sending a file as it is, in real time. It ends by itself at the end of the file, with code
 * 0; `stop` makes it unpublish cleanly, `kill` makes it vanish.
 */
export function publishWithFfmpeg(options: PublishOptions): RunningProgram {
  const said = Object.entries(options.metadata ?? {});
  const parameters = [
    ...['-nostdin', '-hide_banner', '-v', 'warning', '-re'],
    ...(options.endless === true ? ['-stream_loop', '-1'] : []),
    ...['-i', options.file],
    ...(options.seconds === undefined ? [] : ['-t', `${options.seconds}`]),
    ...['-c', 'copy', '-flvflags', 'no_duration_filesize', '-f', 'flv'],
    ...said.flatMap(([name, value]) => ['-metadata', `${name}=${value}`]),
    ...(options.encoder === undefined ? [] : ['-rtmp_flashver', options.encoder]),
    options.url,
  ];
  return new RunningProgram('ffmpeg', parameters, { stopSignal: 'SIGINT' });
}
