import { Component, computed, inject, signal } from '@angular/core';
import { servicesApi, type ResourceContents, type ResourceTemplate } from '@gatehouse/api-client';
import { TranslocoDirective } from '@jsverse/transloco';
import { NzButtonComponent } from 'ng-zorro-antd/button';
import { HTTP } from '../../api/http';
import { ErrorPanel } from '../../ui/error-panel';
import { BytesPipe } from '../../ui/format-pipes';
import { ListState } from '../../ui/list-state';
import { Remote } from '../../ui/remote';
import { resourceParts } from '../content/content-part';
import { ContentView } from '../content/content-view';
import { listingOf } from '../detail/remote-listing';
import { ServiceStore } from '../detail/service-store';
import { formTexts } from '../form/form-texts';
import { fillTemplate, templateVariables } from './uri-template';

/** The resources of a service: the list, its templates, and what reading one gives. */
@Component({
  selector: 'gh-resources-tab',
  imports: [TranslocoDirective, NzButtonComponent, ErrorPanel, BytesPipe, ListState, ContentView],
  templateUrl: './resources-tab.html',
  styleUrl: './resources-tab.css',
})
export default class ResourcesTab {
  private readonly api = servicesApi(inject(HTTP));

  protected readonly store = inject(ServiceStore);
  protected readonly rows = computed(() => this.store.resources.value() ?? []);
  protected readonly listing = listingOf(this.store.resources, this.rows);
  protected readonly templates = computed(() =>
    (this.store.templates.value() ?? []).map((template) => ({
      template,
      variables: templateVariables(template.uriTemplate),
    })),
  );
  protected readonly uri = signal('');
  protected readonly read = new Remote<ResourceContents>();
  protected readonly content = computed(() => resourceParts(this.read.value()?.contents ?? []));

  constructor() {
    void this.store.loadResources();
    void this.store.loadTemplates();
  }

  protected open(uri: string): void {
    this.uri.set(uri);
    this.read.clear();
    void this.read.load((signal) => this.api.readResource(this.store.service()?.id ?? '', uri, signal));
  }

  protected fill(template: ResourceTemplate, form: HTMLFormElement): void {
    this.open(fillTemplate(template.uriTemplate, formTexts(form)));
  }
}
