import { TestbedHarnessEnvironment } from '@angular/cdk/testing/testbed';
import { Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { ApiError, type Page } from '@gatehouse/api-client';
import { provideTestTexts } from '../../testing/texts';
import { ListState } from './list-state';
import { ListStateHarness } from './list-state.harness';
import { PagedList } from './paged-list';

@Component({
  imports: [ListState],
  template: `
    <gh-list-state [of]="list" [filtered]="filtered" emptyTitle="No keys yet" emptyText="Create one.">
      @for (item of list.items(); track item) {
        <p>row {{ item }}</p>
      }
    </gh-list-state>
  `,
})
class Host {
  readonly list = new PagedList<string>();
  filtered = false;
}

const page = (...items: string[]): Promise<Page<string>> => Promise.resolve({ items, nextCursor: null });
const refused = (code: 'internal' | 'permission_missing' | 'network', message = '') =>
  Promise.reject(
    new ApiError({ code, message, remedy: message && 'Ask an owner.', requestId: message && 'req-7' }, 500),
  );

async function show(filtered = false) {
  TestBed.configureTestingModule({ providers: [provideTestTexts()] });
  const fixture = TestBed.createComponent(Host);
  fixture.componentInstance.filtered = filtered;
  const harness = await TestbedHarnessEnvironment.loader(fixture).getHarness(ListStateHarness);
  return { list: fixture.componentInstance.list, harness };
}

describe('the list container', () => {
  it('shows a skeleton while it is loading', async () => {
    const { harness } = await show();
    expect(await harness.isLoading()).toBe(true);
  });

  it('shows the rows', async () => {
    const { list, harness } = await show();
    await list.load(() => page('a', 'b'));
    expect(await harness.text()).toBe('row arow b');
  });

  it('says what to do about an empty list', async () => {
    const { list, harness } = await show();
    await list.load(() => page());
    expect(await harness.emptyText()).toContain('Create one.');
  });

  it('blames the filters when there are some', async () => {
    const { list, harness } = await show(true);
    await list.load(() => page());
    expect(await harness.emptyText()).toContain('Nothing matches these filters');
  });

  it('shows code, remedy and request id of a failure, and tries again', async () => {
    const { list, harness } = await show();
    let broken = true;
    await list.load(() => (broken ? refused('internal', 'Something went wrong.') : page('a')));
    const text = await harness.errorText();
    for (const part of ['Something went wrong.', 'Ask an owner.', 'internal', 'req-7']) expect(text).toContain(part);
    broken = false;
    await harness.retry();
    expect(await harness.text()).toBe('row a');
  });

  it('words a failure that the server could not word', async () => {
    const { list, harness } = await show();
    await list.load(() => refused('network'));
    expect(await harness.errorText()).toContain('The server does not answer.');
  });

  it('names the missing permission and offers no retry', async () => {
    const { list, harness } = await show();
    await list.load(() => refused('permission_missing', 'You lack the permission users:read.'));
    expect(await harness.errorText()).toContain('users:read');
    expect(await harness.canRetry()).toBe(false);
  });

  it('keeps the rows when reading again fails, and says that they are old', async () => {
    const { list, harness } = await show();
    await list.load(() => page('a'));
    await list.load(() => refused('internal', 'Something went wrong.'));
    expect(await harness.staleText()).toContain('may be out of date');
    expect(await harness.text()).toContain('row a');
  });
});
