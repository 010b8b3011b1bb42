import type { Profile, ProfileChange, ProfileDraft, ProfileItem } from '@gatehouse/api-client';

export type Mode = Profile['mode'];

/** One item, as it is edited. */
export interface ItemForm {
  serviceId: string;
  serviceName: string;
  /** Null for the whole service. */
  tool: string | null;
  alias: string;
  description: string;
  content: boolean;
  except: readonly string[];
  missing: ProfileItem['missing'];
}

/** One grant, as it is edited. */
export interface GrantForm {
  kind: 'everyone' | 'group' | 'user';
  /** '' for everyone. */
  id: string;
  name: string;
  effect: 'allow' | 'deny';
}

/** What the form of a profile holds. */
export interface ProfileForm {
  slug: string;
  nameZh: string;
  nameEn: string;
  descriptionZh: string;
  descriptionEn: string;
  instructions: string;
  mode: Mode;
  enabled: boolean;
  items: readonly ItemForm[];
  grants: readonly GrantForm[];
}

export const EMPTY_PROFILE: ProfileForm = {
  slug: '',
  nameZh: '',
  nameEn: '',
  descriptionZh: '',
  descriptionEn: '',
  instructions: '',
  mode: 'list',
  enabled: true,
  items: [],
  grants: [],
};

export const isSlug = (text: string): boolean => /^[a-z0-9][a-z0-9-]{0,31}$/.test(text);

export const formOf = (profile: Profile): ProfileForm => ({
  slug: profile.slug,
  nameZh: profile.displayName.zh ?? '',
  nameEn: profile.displayName.en ?? '',
  descriptionZh: profile.description.zh ?? '',
  descriptionEn: profile.description.en ?? '',
  instructions: profile.instructions ?? '',
  mode: profile.mode,
  enabled: profile.enabled,
  items: (profile.items ?? []).map(itemFormOf),
  grants: (profile.accessControl?.grants ?? []).map(({ subject, effect }) => ({
    kind: subject.kind,
    id: subject.id ?? '',
    name: subject.name,
    effect,
  })),
});

const itemFormOf = ({ serviceId, serviceName, tool, alias, description, content, except, missing }: ProfileItem) => ({
  serviceId,
  serviceName,
  tool,
  alias: alias ?? '',
  description: description ?? '',
  content,
  except,
  missing,
});

/** A new profile; texts left empty are not sent. */
export const draftOf = (form: ProfileForm): ProfileDraft => ({
  slug: form.slug,
  displayName: localOf(form.nameZh, form.nameEn),
  description: localOf(form.descriptionZh, form.descriptionEn),
  instructions: form.instructions.trim(),
  mode: form.mode,
  enabled: form.enabled,
  items: form.items.map(itemDraftOf),
  accessControl: {
    grants: form.grants.map(({ kind, id, effect }) => ({ subject: { kind, ...(id && { id }) }, effect })),
  },
});

/** Everything that was shown, against the version that was read: grants that one may not see stay as they are. */
export function changeOf(form: ProfileForm, { version, accessControl: shown }: Profile): ProfileChange {
  const { accessControl, ...rest } = draftOf(form);
  return { ...rest, ...(shown && accessControl && { accessControl }), version };
}

const itemDraftOf = ({ serviceId, tool, alias, description, content, except }: ItemForm) =>
  tool === null
    ? { serviceId, content, except: [...except] }
    : {
        serviceId,
        tool,
        ...(alias.trim() && { alias: alias.trim() }),
        ...(description.trim() && { description: description.trim() }),
      };

const localOf = (zh: string, en: string) => ({
  ...(zh.trim() && { zh: zh.trim() }),
  ...(en.trim() && { en: en.trim() }),
});

/** A whole service, or one tool of it, freshly put in. */
export const newItem = (service: { id: string; name: string }, tool: string | null): ItemForm => ({
  serviceId: service.id,
  serviceName: service.name,
  tool,
  alias: '',
  description: '',
  content: false,
  except: [],
  missing: null,
});
