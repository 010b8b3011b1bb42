import { Injectable } from '@nestjs/common';
import { AppError, type FieldProblem } from '../../platform/index.js';
import { ServiceDirectory, say } from '../../services/index.js';
import type { ProfileContent, ProfileItem } from '../definition.js';
import type { ProfileChange, ProfileDraft, ProfileItemDraft } from '../profile.dto.js';
import { problemsOf } from './check-items.js';

const NEW: Omit<ProfileContent, 'slug'> = {
  displayName: {},
  description: {},
  instructions: '',
  mode: 'list',
  enabled: true,
  items: [],
};

/** Turns what people send into what may be stored. */
@Injectable()
export class ProfileDrafts {
  constructor(private readonly services: ServiceDirectory) {}

  /** @throws {AppError} `validation_failed` with the place of each problem */
  create(draft: ProfileDraft): ProfileContent {
    return this.merge({ ...NEW, slug: draft.slug }, draft);
  }

  /** @throws {AppError} `validation_failed` with the place of each problem */
  change(current: ProfileContent, change: Omit<ProfileChange, 'version'>): ProfileContent {
    return this.merge(current, change);
  }

  private merge(current: ProfileContent, draft: Omit<ProfileChange, 'version'>): ProfileContent {
    return {
      slug: draft.slug ?? current.slug,
      displayName: draft.displayName ? { ...draft.displayName } : current.displayName,
      description: draft.description ? { ...draft.description } : current.description,
      instructions: draft.instructions ?? current.instructions,
      mode: draft.mode ?? current.mode,
      enabled: draft.enabled ?? current.enabled,
      items: draft.items ? this.itemsOf(draft.items, current.items) : current.items,
    };
  }

  private itemsOf(drafts: readonly ProfileItemDraft[], before: readonly ProfileItem[]): readonly ProfileItem[] {
    const problems: FieldProblem[] = [];
    const items = drafts.map((draft, at) => {
      const service = this.services.find(draft.serviceId) ?? goneService(before, draft.serviceId);
      const message = say('names no service that exists', '指向的服务不存在');
      if (!service) problems.push({ path: `items.${at}.serviceId`, message });
      return itemOf(draft, service ?? { id: draft.serviceId, name: '' });
    });
    problems.push(...problemsOf(items));
    if (problems.length > 0) throw new AppError('validation_failed', { fields: problems });
    return items;
  }
}

/** What is gone may stay in a profile that had it, until somebody takes it out. */
function goneService(before: readonly ProfileItem[], serviceId: string): { id: string; name: string } | undefined {
  const item = before.find((each) => each.serviceId === serviceId);
  return item && { id: item.serviceId, name: item.serviceName };
}

const itemOf = (draft: ProfileItemDraft, { id, name }: { id: string; name: string }): ProfileItem => ({
  serviceId: id,
  serviceName: name,
  tool: draft.tool ?? null,
  alias: draft.alias ?? null,
  description: draft.description ?? null,
  content: draft.content ?? false,
  except: [...(draft.except ?? [])],
});
