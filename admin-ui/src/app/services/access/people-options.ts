import { Injectable, inject } from '@angular/core';
import { peopleApi, type Group, type User } from '@gatehouse/api-client';
import { HTTP } from '../../api/http';
import { Remote } from '../../ui/remote';

/** Typing pauses this long before people are searched, ms. */
const PAUSE_MS = 250;
const SHOWN = 20;

/** Groups and people to choose from. */
@Injectable()
export class PeopleOptions {
  private readonly api = peopleApi(inject(HTTP));
  private timer: ReturnType<typeof setTimeout> | undefined;

  readonly groups = new Remote<Group[]>();
  readonly users = new Remote<User[]>();

  loadGroups(): Promise<void> {
    return this.groups.load(async (signal) => (await this.api.groups({ limit: 200 }, signal)).items);
  }

  /** Looks for people by name or e-mail when typing pauses. */
  search(text: string): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.find(text), PAUSE_MS);
  }

  /** The person with exactly this e-mail address, undefined when there is none. @throws ApiError */
  async byEmail(email: string): Promise<User | undefined> {
    const { items } = await this.api.users({ q: email, limit: SHOWN });
    return items.find((user) => user.email.toLowerCase() === email.toLowerCase());
  }

  private find(text: string): Promise<void> {
    return this.users.load(async (signal) => (await this.api.users({ q: text, limit: SHOWN }, signal)).items);
  }
}
