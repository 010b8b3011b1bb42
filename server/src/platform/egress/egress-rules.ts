/** Whom to believe that a service is who it says, and how to show who we are; PEM. There is no way to believe everybody. */
export interface TlsSettings {
  /** In place of the authorities that are known to everybody. */
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
}

/** What holds for the connections to one place, in addition to what holds for all. Nothing here opens what is closed to all. */
export interface EgressRules {
  /** CIDRs and addresses; absent: wherever the operator allows. */
  readonly addresses?: readonly string[];
  readonly tls?: TlsSettings;
}
