import { Injectable, inject } from '@angular/core';
import { servicesApi, type Service, type Tool } from '@gatehouse/api-client';
import { HTTP } from '../../api/http';
import { allPages } from '../../services/detail/all-pages';
import { Remote } from '../../ui/remote';

/** The services to choose from, and the tools of each, read when somebody looks. */
@Injectable()
export class ServiceShelf {
  private readonly api = servicesApi(inject(HTTP));
  private readonly tools = new Map<string, Remote<Tool[]>>();

  readonly services = new Remote<Service[]>();

  load(): Promise<void> {
    return this.services.load((signal) => allPages((cursor) => this.api.list({ cursor, limit: 200 }, signal)));
  }

  /** Begins to read them at the first time. */
  toolsOf(serviceId: string): Remote<Tool[]> {
    const known = this.tools.get(serviceId);
    if (known) return known;
    const tools = new Remote<Tool[]>();
    this.tools.set(serviceId, tools);
    void tools.load((signal) => allPages((cursor) => this.api.tools(serviceId, { cursor, limit: 200 }, signal)));
    return tools;
  }
}
