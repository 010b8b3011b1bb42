import { ComponentHarness } from '@angular/cdk/testing';

/** What a person finds in a list container. */
export class ListStateHarness extends ComponentHarness {
  static hostSelector = 'gh-list-state';

  private readonly skeleton = this.locatorForOptional('.skeleton');
  private readonly empty = this.locatorForOptional('.empty');
  private readonly panel = this.locatorForOptional('gh-error-panel');
  private readonly retryButton = this.locatorForOptional('gh-error-panel button[nz-button]');
  private readonly stale = this.locatorForOptional('.stale');

  async isLoading(): Promise<boolean> {
    return !!(await this.skeleton());
  }

  async emptyText(): Promise<string | undefined> {
    return (await this.empty())?.text();
  }

  async errorText(): Promise<string | undefined> {
    return (await this.panel())?.text();
  }

  async staleText(): Promise<string | undefined> {
    return (await this.stale())?.text();
  }

  async canRetry(): Promise<boolean> {
    return !!(await this.retryButton());
  }

  async retry(): Promise<void> {
    await (await this.retryButton())?.click();
  }

  async text(): Promise<string> {
    return (await this.host()).text();
  }
}
