import { Component, computed, input, signal } from '@angular/core';
import type { ApiError, TestCallResult } from '@gatehouse/api-client';
import { TranslocoDirective } from '@jsverse/transloco';
import { CopyButton } from '../../ui/copy-button';
import { ErrorPanel } from '../../ui/error-panel';
import { DurationPipe } from '../../ui/format-pipes';
import { Icon } from '../../ui/icon';
import { JsonView } from '../../ui/json-view';
import { StatusChip, type Tone } from '../../ui/status-chip';
import { contentParts } from '../content/content-part';
import { ContentView } from '../content/content-view';
import { sameJson } from '../schema-form/json-schema';
import { FramesView } from '../../frames/frames-view';
import type { CallState } from './tool-call-store';

type View = 'result' | 'frames' | 'timing' | 'curl';

const TONES: Record<CallState, Tone> = {
  idle: 'off',
  unsent: 'warn',
  running: 'busy',
  answered: 'ok',
  'tool-error': 'bad',
  failed: 'bad',
  cancelled: 'off',
};

/** What came of a call: the result, the raw messages, where the time went, and the same call for a shell. */
@Component({
  selector: 'gh-result',
  imports: [
    TranslocoDirective,
    Icon,
    CopyButton,
    ErrorPanel,
    DurationPipe,
    JsonView,
    StatusChip,
    ContentView,
    FramesView,
  ],
  templateUrl: './result-view.html',
  styleUrl: './result-view.css',
})
export class ResultView {
  readonly state = input.required<CallState>();
  readonly answer = input<TestCallResult>();
  readonly error = input<ApiError>();
  /** The call as a command line. */
  readonly curl = input('');

  protected readonly view = signal<View>('result');
  protected readonly views: View[] = ['result', 'frames', 'timing', 'curl'];
  protected readonly tone = computed(() => TONES[this.state()]);
  /** A text that only repeats the structured result is not shown twice. */
  protected readonly content = computed(() => {
    const { content = [], structuredContent } = this.answer()?.result ?? {};
    return contentParts(content).filter(
      (part) => part.kind !== 'text' || part.json === undefined || !sameJson(part.json, structuredContent),
    );
  });
  /** Where the time went; what is neither check nor service is ours. */
  protected readonly parts = computed(() => {
    const answer = this.answer();
    if (!answer) return [];
    const { validateMs, upstreamMs } = answer.timing;
    const all = Math.max(answer.durationMs, validateMs + upstreamMs, 0.001);
    const own = Math.max(0, answer.durationMs - validateMs - upstreamMs);
    return (
      [
        ['validate', validateMs],
        ['upstream', upstreamMs],
        ['own', own],
      ] as const
    ).map(([name, ms]) => ({ name, ms, share: (ms / all) * 100 }));
  });
}
