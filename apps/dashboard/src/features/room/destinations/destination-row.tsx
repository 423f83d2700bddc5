import type { Destination } from '#contracts';
import { useState } from 'react';
import { LeadAction } from '../../../components/live/lead-action.tsx';
import { PushState } from '../../../components/live/push-state.tsx';
import { WantedSwitch } from '../../../components/live/wanted-switch.tsx';
import { PlatformMark } from '../../../components/platform-mark.tsx';
import { api } from '../../../lib/api.ts';
import type { PushView } from '../../../lib/live-state.ts';
import { useLive, usePush } from '../../../lib/live.ts';
import { testPlatformId } from '../../../lib/push-words.ts';
import { useMay } from '../../../lib/session.ts';
import { toasts } from '../../../lib/toasts.ts';
import { hostOf } from '../../../lib/words.ts';
import { Warnings } from '../warnings.tsx';
import { DestinationDialogs } from './destination-dialogs.tsx';
import { DestinationFigures } from './destination-figures.tsx';
import { canRetry, DestinationMenu } from './destination-menu.tsx';
import type { Opened } from './destination-menu.tsx';
import { LastError } from './last-error.tsx';
import { useKeys } from './use-keys.ts';

interface DestinationRowProps {
  readonly destination: Destination;
  readonly delayFits: number | null;
}

/** One destination: what is wanted of it (the switch), what is so (the words), what can be done. */
export function DestinationRow({ destination, delayFits }: DestinationRowProps) {
  const { id, name, streamId } = destination;
  const push = usePush(streamId, id);
  const { refresh } = useLive();
  const mayControl = useMay('live:control');
  const mayWrite = useMay('destinations:write');
  const [opened, setOpened] = useState<Opened>();
  const shared = { destination, push };
  const retry = (): void => {
    api
      .retryDestination(id)
      .then(refresh)
      .catch((thrown: unknown) => toasts.fail(thrown, `Trying ${name} again`));
  };
  const row = useKeys<HTMLLIElement>((event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const mayEdit = mayWrite && destination.platform !== testPlatformId;
    if (event.key === 'r' && mayControl && canRetry(push)) retry();
    else if (event.key === 'e' && mayEdit) setOpened('edit-key');
    else return;
    event.preventDefault();
  });

  return (
    <li className="destination" data-state={push.state} ref={row}>
      <PlatformMark destination={destination} />
      <DestinationName {...shared} />
      <WantedSwitch {...shared} />
      <div className="destination-so">
        <PushState {...shared} />
        <div className="destination-end">
          <DestinationFigures push={push} />
          <LeadAction {...shared} onSettings={() => setOpened('settings')} />
        </div>
      </div>
      <DestinationMenu {...shared} onRetry={retry} onOpen={setOpened} />
      <LastError push={push} />
      <Warnings warnings={push.warnings} />
      <DestinationDialogs
        {...shared}
        delayFits={delayFits}
        opened={opened}
        onClose={() => setOpened(undefined)}
      />
    </li>
  );
}

interface DestinationNameProps {
  readonly destination: Destination;
  readonly push: PushView;
}

function DestinationName({ destination, push: { target } }: DestinationNameProps) {
  const { name, url, backupUrl, platform, keyHint } = destination;
  const shown = target === 'backup' ? (backupUrl ?? url) : url;
  const isTest = platform === testPlatformId;
  return (
    <div className="destination-name">
      <h3>
        <bdi>{name}</bdi>
      </h3>
      <p className="hint destination-server" title={shown}>
        <span>{isTest ? 'built in: it leads nowhere' : hostOf(shown)}</span>
        {target === 'backup' && <span>backup server</span>}
        {target === 'main' && keyHint !== '' && !isTest && <span>key …{keyHint}</span>}
      </p>
    </div>
  );
}
