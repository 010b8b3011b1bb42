import { Component, computed, effect, inject, input, untracked } from '@angular/core';
import { Router, ActivatedRoute } from '@angular/router';
import { servicesApi } from '@gatehouse/api-client';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { NzButtonComponent } from 'ng-zorro-antd/button';
import { HTTP } from '../../api/http';
import { ErrorPanel } from '../../ui/error-panel';
import { Icon } from '../../ui/icon';
import { ServiceStore } from '../detail/service-store';
import { JsonEditor } from '../json-editor/json-editor';
import { ArgumentChecker } from '../schema-form/argument-checker';
import { SchemaForm } from '../schema-form/schema-form';
import { ConnectionCard } from './connection-card';
import { callAsCurl } from './curl';
import { ResultView } from './result-view';
import { ToolCallStore, type CallMode } from './tool-call-store';

/** The test panel: is the service reachable, and what do its tools answer. */
@Component({
  selector: 'gh-test-tab',
  imports: [
    TranslocoDirective,
    NzButtonComponent,
    Icon,
    ErrorPanel,
    JsonEditor,
    SchemaForm,
    ConnectionCard,
    ResultView,
  ],
  templateUrl: './test-tab.html',
  styleUrl: './test-tab.css',
})
export default class TestTab {
  private readonly transloco = inject(TranslocoService);
  private readonly checker = inject(ArgumentChecker);
  private readonly router = inject(Router);
  private readonly route = inject(ActivatedRoute);

  /** Name of the tool to call; from the query string. */
  readonly tool = input<string>();

  protected readonly store = inject(ServiceStore);
  protected readonly call = new ToolCallStore(
    servicesApi(inject(HTTP)),
    (schema, value) => this.checker.check(schema, value),
    (key, params) => this.transloco.translate(key, params),
  );
  protected readonly modes: CallMode[] = ['form', 'json'];
  protected readonly tools = computed(() => this.store.tools.value() ?? []);
  protected readonly misfits = computed(() => [...this.call.messages()].map(([path, message]) => ({ path, message })));
  protected readonly curl = computed(() =>
    callAsCurl(location.origin, this.store.service()?.slug ?? '', this.call.tool()?.name ?? '', this.call.sent() ?? {}),
  );

  constructor() {
    void this.store.loadTools();
    effect(() => {
      const wanted = this.tools().find((tool) => tool.name === this.tool()) ?? this.tools()[0];
      untracked(() => this.call.choose(wanted));
    });
  }

  /** The tool lives in the address, so that a link leads to the same form. */
  protected pick(name: string): void {
    void this.router.navigate([], { relativeTo: this.route, queryParams: { tool: name }, replaceUrl: true });
  }

  protected run(): void {
    void this.call.run(this.store.service()?.id ?? '');
  }
}
