import type { IngestStatus } from '#contracts';
import type { ComponentType, RefObject } from 'react';

/** What other features lend: a feature knows no other. */
export interface WelcomeParts {
  readonly AddDestination: ComponentType<{
    readonly streamId: string;
    readonly platformId: string;
    /** It was opened for what a platform shows, whichever that is. */
    readonly toPaste: boolean;
    readonly delayFits: number | null;
    readonly refresh: () => Promise<void>;
    readonly onClose: () => void;
  }>;
  readonly Ingest: ComponentType<{ readonly ingest: IngestStatus }>;
}

/** A key that this page has just been given, and nobody is given again. */
export interface SeenKey {
  readonly streamId: string;
  readonly streamKey: string;
}

/** The heading of the step that is shown: where the focus goes with it. */
export type StepHeading = RefObject<HTMLHeadingElement | null>;
