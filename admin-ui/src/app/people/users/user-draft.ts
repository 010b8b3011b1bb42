import type { User, UserChange, UserDraft } from '@gatehouse/api-client';

/** What the user form holds. */
export interface UserForm {
  email: string;
  displayName: string;
  password: string;
  language: 'zh' | 'en' | '';
  roles: string[];
  groupIds: string[];
}

export const EMPTY_USER: UserForm = {
  email: '',
  displayName: '',
  password: '',
  language: '',
  roles: ['member'],
  groupIds: [],
};

export const formOf = (user: User): UserForm => ({
  email: user.email,
  displayName: user.displayName,
  password: '',
  language: user.language ?? '',
  roles: [...user.roles],
  groupIds: user.groups.map((group) => group.id),
});

/** A new user; fields left empty are not sent. */
export const draftOf = (form: UserForm): UserDraft => ({
  email: form.email.trim(),
  displayName: form.displayName.trim(),
  roles: form.roles,
  ...(form.groupIds.length ? { groupIds: form.groupIds } : {}),
  ...(form.password ? { password: form.password } : {}),
  ...(form.language ? { language: form.language } : {}),
});

/** Only what differs from the user as it was read, with the version it was read at. */
export function changeOf(form: UserForm, user: User): UserChange {
  const change: UserChange = { version: user.version };
  if (form.email.trim() !== user.email) change.email = form.email.trim();
  if (form.displayName.trim() !== user.displayName) change.displayName = form.displayName.trim();
  if (form.password) change.password = form.password;
  if (form.language && form.language !== user.language) change.language = form.language;
  if (form.roles.join() !== user.roles.join()) change.roles = form.roles;
  return change;
}
