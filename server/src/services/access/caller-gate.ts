import { AddressRanges, RequestContext } from '../../platform/index.js';
import type { ServiceDefinition } from '../definition.js';

const compiled = new WeakMap<readonly string[], AddressRanges>();

/** Whether calls of a service may come from `address`; from nowhere that is known only where everybody may call. */
export function mayCallFrom(
  { config: { allowedCallers } }: Pick<ServiceDefinition, 'config'>,
  address: string | null,
): boolean {
  if (!allowedCallers) return true;
  const known = compiled.get(allowedCallers);
  const ranges = known ?? new AddressRanges(allowedCallers);
  if (!known) compiled.set(allowedCallers, ranges);
  return address !== null && ranges.contains(address);
}

/** The same for the request that is being served. */
export const mayCallFromHere = (service: Pick<ServiceDefinition, 'config'>): boolean =>
  service.config.allowedCallers === undefined || mayCallFrom(service, RequestContext.current().ip);
