import { RunningProgram } from '#testing';
import { startNginxSource } from './nginx-server.ts';
import { destinationName, eachDestination, streamName, type Server } from './server.ts';

/**
 * One ffmpeg for each destination, copying: what relays built around ffmpeg do. They fetch the
 * stream from an nginx, whose cost is told apart.
 */
export const ffmpegServer: Server = {
  name: 'ffmpeg',
  // Fifty would take the whole machine.
  destinationsMax: 10,
  title: () => 'one ffmpeg per destination',
  async start(plan) {
    const { scenario, sinks } = plan;
    const source = await startNginxSource(plan);
    const [from] = source.publishTo;
    if (from === undefined) throw new Error('ffmpeg fetches one stream');
    const input = `rtmp://${from.host}:${from.port}/${from.app}/${streamName(0)}`;
    const output = scenario.secure
      ? `rtmps://127.0.0.1:${sinks.secure}/live`
      : `rtmp://127.0.0.1:${sinks.plain}/live`;
    const copies = eachDestination(scenario, (destination) => {
      const parameters = [
        ...['-nostdin', '-hide_banner', '-v', 'quiet'],
        // Longer than the keyframe interval: until then nginx sends no picture.
        ...['-analyzeduration', '3000000', '-i', input],
        ...['-c', 'copy', '-f', 'flv', `${output}/${destinationName(0, destination)}`],
      ];
      return new RunningProgram('ffmpeg', parameters);
    });
    return {
      publishTo: source.publishTo,
      roots: async () => copies.map(({ pid }) => pid),
      companions: () => source.roots(),
      stop: async () => {
        await Promise.all(copies.map((copy) => copy.kill()));
        await source.stop();
      },
    };
  },
};
