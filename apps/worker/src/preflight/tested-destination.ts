import type { Secret } from '#kernel';

/** What a test needs to know of a destination. */
export interface TestedDestination {
  readonly url: string;
  /** The id of its platform. */
  readonly platform: string;
  /** Of the one certificate that its server may show; null: any that is trusted. */
  readonly certificateSha256: string | null;
  /** Opened only for a private publish. Rejects as #vault and #persistence do. */
  openKey(): Promise<Secret>;
}
