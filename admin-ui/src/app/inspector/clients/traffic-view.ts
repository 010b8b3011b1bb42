import { Component, computed, effect, inject, input, signal, untracked } from '@angular/core';
import { Router } from '@angular/router';
import { followFrames, type TrafficFrame, type TrafficSource } from '@gatehouse/api-client';
import { TranslocoDirective } from '@jsverse/transloco';
import { NzButtonComponent } from 'ng-zorro-antd/button';
import { HTTP } from '../../api/http';
import { FramesView } from '../../frames/frames-view';
import { SearchBox } from '../../ui/search-box';
import { Segments } from '../../ui/segments';
import { RequestDraft } from '../request/request-draft';
import { FrameStore, type HopFilter } from './frame-store';

/** The messages of one client, as they pass. */
@Component({
  selector: 'gh-traffic',
  imports: [TranslocoDirective, NzButtonComponent, FramesView, SearchBox, Segments],
  template: `
    <section class="gh-card" aria-labelledby="tr-title" *transloco="let t">
      <div class="gh-card-head">
        <h2 id="tr-title">
          {{ t('inspector.traffic.title', { client: source().client?.name || t('inspector.clients.unnamed') }) }}
        </h2>
        <div class="gh-row">
          <button nz-button nzSize="small" type="button" (click)="toggle()">
            {{ t(store().paused() ? 'inspector.traffic.resume' : 'inspector.traffic.pause') }}
          </button>
          <button nz-button nzSize="small" type="button" (click)="store().clear()">
            {{ t('inspector.traffic.clear') }}
          </button>
        </div>
      </div>
      <div class="gh-toolbar">
        <gh-segments
          [label]="t('inspector.traffic.hop.label')"
          [choices]="hops"
          prefix="inspector.traffic.hop."
          [value]="store().hop()"
          (chosen)="store().hop.set($any($event))"
        />
        <label class="gh-row">
          <input
            type="checkbox"
            [checked]="store().failuresOnly()"
            (change)="store().failuresOnly.set($any($event.target).checked)"
          />
          {{ t('inspector.traffic.failures') }}
        </label>
        <gh-search
          [label]="t('inspector.traffic.search')"
          [value]="store().text()"
          (searched)="store().text.set($event)"
        />
      </div>
      <div class="gh-card-body gh-stack-sm">
        <p class="gh-muted gh-small" role="status">
          @if (store().paused()) {
            {{ t('inspector.traffic.paused', { n: store().unseen() }) }}
          } @else if (store().state() === 'closed') {
            {{ t('inspector.traffic.closed') }}
          } @else {
            {{ t('inspector.traffic.live') }}
          }
          @if (store().dropped() > 0) {
            {{ t('inspector.traffic.dropped', { n: store().dropped() }) }}
          }
        </p>
        @if (store().shown().length) {
          <gh-frames [frames]="shown()" [again]="true" (chosen)="again($event)" />
        } @else {
          <p class="gh-muted">{{ t(store().isEmpty() ? 'inspector.traffic.none' : 'inspector.traffic.noMatch') }}</p>
        }
      </div>
    </section>
  `,
})
export class TrafficView {
  private readonly http = inject(HTTP);
  private readonly router = inject(Router);
  private readonly draft = inject(RequestDraft);

  readonly source = input.required<TrafficSource>();

  protected readonly hops: HopFilter[] = ['all', 'client', 'service'];
  protected readonly store = signal(new FrameStore());
  protected readonly shown = computed(() => this.store().shown());
  private readonly sourceId = computed(() => this.source().id);

  constructor() {
    effect((onCleanup) => {
      const id = this.sourceId();
      const store = new FrameStore();
      untracked(() => this.store.set(store));
      onCleanup(
        followFrames(
          this.http,
          id,
          (frame) => store.add(frame),
          (state) => store.state.set(state),
        ),
      );
    });
  }

  protected toggle(): void {
    const store = this.store();
    if (store.paused()) store.resume();
    else store.pause();
  }

  protected again(frame: TrafficFrame): void {
    this.draft.take(this.source().endpoint, frame, this.store().answerTo(frame));
    void this.router.navigate(['/inspector/request']);
  }
}
