import type { CallStatus } from '@gatehouse/contracts';

declare module '../platform/events/event-bus.js' {
  interface DomainEvents {
    /** A call or refusal is on record with its final status. */
    'call.finished': { callId: string; serviceId: string; tool: string; status: CallStatus; userId: string };
  }
}
