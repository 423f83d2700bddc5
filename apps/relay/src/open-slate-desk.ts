import { systemTimers } from '#kernel';
import type { RelaySettings } from './env.ts';
import { faultOf } from './fault-of.ts';
import type { RelayResources } from './resources.ts';
import { SlateDesk } from './slate-desk.ts';
import { SlateFiles } from './slate-files.ts';
import { renderSlate } from './slate-render.ts';

/** Slates from Postgres, coded by ffmpeg, kept in the data directory. */
export function openSlateDesk(resources: RelayResources, settings: RelaySettings): SlateDesk {
  const { database, faults } = resources;
  const program = settings.get('FORKCAST_FFMPEG', { infer: true });
  const path = settings.get('PATH', { infer: true });
  return new SlateDesk({
    load: async (streamId) => {
      const slate = await database.system.slates.find(streamId);
      if (slate === undefined) return undefined;
      const mime = slate.mime === 'image/jpeg' ? slate.mime : 'image/png';
      return { sha256: slate.sha256, mime, bytes: slate.image };
    },
    render: (image, coding) => renderSlate({ program, path }, image, coding, systemTimers),
    files: new SlateFiles(settings.get('FORKCAST_DATA_DIR', { infer: true })),
    onTrouble: (what, error) => faults.report(what, faultOf(error)),
  });
}
