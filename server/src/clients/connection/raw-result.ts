/** A service's answer to one request, as it came over the wire. Foreign: only what was looked at may be relied on. */
export type RawResult = Record<string, unknown>;
