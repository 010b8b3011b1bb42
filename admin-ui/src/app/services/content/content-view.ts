import { Component, input } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { NzButtonComponent } from 'ng-zorro-antd/button';
import { BytesPipe } from '../../ui/format-pipes';
import { CopyButton } from '../../ui/copy-button';
import { Icon } from '../../ui/icon';
import { JsonView } from '../../ui/json-view';
import type { ContentPart } from './content-part';
import { saveFile } from './save-file';

/** More of a text is not drawn at once, characters; all of it can be copied. */
const SHOWN_CHARACTERS = 20_000;

/** Foreign content, piece by piece. Texts are only interpolated; links are shown, never followed by themselves. */
@Component({
  selector: 'gh-content',
  imports: [TranslocoDirective, NzButtonComponent, Icon, BytesPipe, CopyButton, JsonView],
  template: `
    <div class="gh-stack" *transloco="let t">
      @for (part of content(); track $index; let i = $index) {
        @switch (part.kind) {
          @case ('text') {
            <div class="block">
              @if (part.json !== undefined) {
                <gh-json [value]="part.json" [label]="t('services.content.json', { n: i + 1 })" />
              } @else {
                <gh-copy class="copy" [text]="part.text" [label]="t('services.content.copyText')" />
                <pre
                  class="gh-code"
                  tabindex="0"
                  role="region"
                  [attr.aria-label]="t('services.content.text', { n: i + 1 })"
                  >{{ part.text.slice(0, limit) }}</pre>
                @if (part.text.length > limit) {
                  <p class="gh-muted gh-small">{{ t('services.content.cut', { n: part.text.length }) }}</p>
                }
              }
            </div>
          }
          @case ('image') {
            <figure>
              <img [src]="part.source" [alt]="t('services.content.image', { type: part.mimeType })" />
              <figcaption class="gh-muted gh-small">{{ part.mimeType }} · {{ part.bytes | bytes }}</figcaption>
            </figure>
          }
          @case ('audio') {
            <figure>
              <audio
                controls
                [src]="part.source"
                [attr.aria-label]="t('services.content.audio', { type: part.mimeType })"
              ></audio>
              <figcaption class="gh-muted gh-small">{{ part.mimeType }} · {{ part.bytes | bytes }}</figcaption>
            </figure>
          }
          @case ('binary') {
            <p class="gh-row">
              <nz-icon nzType="file" /> <code>{{ part.name }}</code>
              <span class="gh-muted gh-small">{{ part.mimeType }} · {{ part.bytes | bytes }}</span>
              <button nz-button nzSize="small" (click)="save(part.name, part.data)">
                {{ t('services.content.download') }}
              </button>
            </p>
          }
          @case ('link') {
            <p class="gh-row gh-row-wrap">
              <nz-icon nzType="link" /> <strong>{{ part.name }}</strong>
              <code>{{ part.uri }}</code>
              <gh-copy [text]="part.uri" [label]="t('services.content.copyUri')" />
              @if (part.description) {
                <span class="gh-muted">{{ part.description }}</span>
              }
            </p>
          }
          @default {
            <gh-json [value]="part.value" [label]="t('services.content.other', { n: i + 1 })" />
          }
        }
      } @empty {
        <p class="gh-muted">{{ t('services.content.nothing') }}</p>
      }
    </div>
  `,
  styles: `
    .block {
      position: relative;
    }
    .copy {
      position: absolute;
      top: 6px;
      right: 8px;
    }
    pre {
      max-height: 420px;
      padding-inline-end: 44px;
      overflow-wrap: anywhere;
      white-space: pre-wrap;
    }
    img {
      max-width: 100%;
      max-height: 420px;
      border: 1px solid var(--gh-border);
      border-radius: var(--gh-radius);
    }
  `,
})
export class ContentView {
  readonly content = input.required<readonly ContentPart[]>();

  protected readonly limit = SHOWN_CHARACTERS;
  protected readonly save = saveFile;
}
