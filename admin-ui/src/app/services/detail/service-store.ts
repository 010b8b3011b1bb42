import { DestroyRef, Injectable, computed, inject } from '@angular/core';
import {
  servicesApi,
  type Page,
  type Prompt,
  type Resource,
  type ResourceTemplate,
  type Service,
  type Tool,
  type ToolPolicy,
  type ToolReviewDecision,
} from '@gatehouse/api-client';
import { HTTP } from '../../api/http';
import { Live } from '../../live/live';
import { coalesce } from '../../ui/coalesce';
import { Remote } from '../../ui/remote';
import { withLiveHealth } from '../health/live-health';
import { allPages } from './all-pages';

const RELOAD_PAUSE_MS = 600;

/** One service and what it offers, shared by the tabs of its page; lists are read when a tab first asks. */
@Injectable()
export class ServiceStore {
  private readonly api = servicesApi(inject(HTTP));
  private readonly live = inject(Live);
  private readonly read = new Remote<Service>();
  private ref = '';

  readonly state = this.read.state;
  readonly error = this.read.error;
  readonly service = computed(() => {
    const service = this.read.value();
    return service && withLiveHealth([service], this.live.health())[0];
  });
  readonly tools = new Remote<Tool[]>();
  readonly resources = new Remote<Resource[]>();
  readonly templates = new Remote<ResourceTemplate[]>();
  readonly prompts = new Remote<Prompt[]>();

  constructor() {
    const reload = coalesce(() => void this.reload(), RELOAD_PAUSE_MS);
    const mine = ({ serviceId }: { serviceId: string }) => {
      if (serviceId === this.read.value()?.id) reload.request();
    };
    const stops = [this.live.on('service.changed', mine), this.live.on('service.capabilities', mine), reload.cancel];
    inject(DestroyRef).onDestroy(() => stops.forEach((stop) => stop()));
  }

  /** Opens a service by id or slug. */
  async open(ref: string): Promise<void> {
    this.ref = ref;
    for (const part of [this.read, this.tools, this.resources, this.templates, this.prompts]) part.clear();
    await this.read.load((signal) => this.api.get(ref, signal));
  }

  /** Puts a changed service in place. */
  replace(service: Service): void {
    this.read.set(service);
  }

  loadTools(): Promise<void> {
    return this.tools.load((signal) => allPages((cursor) => this.api.tools(this.ref, { cursor, limit: 200 }, signal)));
  }

  loadResources(): Promise<void> {
    return this.resources.load((signal) =>
      allPages((cursor) => this.api.resources(this.ref, { cursor, limit: 200 }, signal)),
    );
  }

  loadTemplates(): Promise<void> {
    const page = (cursor: string | undefined, signal: AbortSignal): Promise<Page<ResourceTemplate>> =>
      this.api.resourceTemplates(this.ref, { cursor, limit: 200 }, signal);
    return this.templates.load((signal) => allPages((cursor) => page(cursor, signal)));
  }

  loadPrompts(): Promise<void> {
    return this.prompts.load((signal) =>
      allPages((cursor) => this.api.prompts(this.ref, { cursor, limit: 200 }, signal)),
    );
  }

  /** Sets a tool's class or approval policy. @throws ApiError when it is refused. */
  async setPolicy(tool: Tool, policy: ToolPolicy): Promise<void> {
    this.replaceTool(await this.api.setToolPolicy(this.ref, tool.name, policy));
  }

  /** Accepts or holds what a tool says. @throws ApiError when it is refused, `stale_version` when it says something else by now. */
  async review(tool: string, decision: ToolReviewDecision): Promise<void> {
    this.replaceTool(await this.api.reviewTool(this.ref, tool, decision));
  }

  async enable(enabled: boolean): Promise<void> {
    this.read.set(await this.api.enable(this.ref, enabled));
  }

  async reconnect(): Promise<void> {
    this.read.set(await this.api.reconnect(this.ref));
  }

  /** Reads the service itself again. */
  refresh(): Promise<void> {
    return this.read.reload();
  }

  private replaceTool(changed: Tool): void {
    this.tools.set((this.tools.value() ?? []).map((one) => (one.name === changed.name ? changed : one)));
  }

  /** What was read once is read again; what was never asked for stays unread. */
  private async reload(): Promise<void> {
    await this.read.reload();
    const parts = [this.tools, this.resources, this.templates, this.prompts];
    await Promise.all(parts.filter((part) => part.value()).map((part) => part.reload()));
  }
}
