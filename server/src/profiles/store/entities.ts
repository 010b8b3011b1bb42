import { ProfileGrantRow } from './profile-grant.entity.js';
import { ProfileItemRow } from './profile-item.entity.js';
import { ProfileRow } from './profile.entity.js';

/** Every table of this module. */
export const PROFILE_ENTITIES = [ProfileRow, ProfileItemRow, ProfileGrantRow];
