/** One answer to the question where a name lives. */
export interface ResolvedAddress {
  readonly address: string;
  readonly family: 4 | 6;
}
