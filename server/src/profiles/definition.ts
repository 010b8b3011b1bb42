import type { PassageGrant } from '../auth/index.js';
import type { Bilingual } from '../services/index.js';

/** `list`: clients see every tool. `search`: they see three tools, by which they find and call the others. */
export const PROFILE_MODES = ['list', 'search'] as const;
export type ProfileMode = (typeof PROFILE_MODES)[number];

/** A whole service, or one tool of it, as a profile offers it. */
export interface ProfileItem {
  readonly serviceId: string;
  /** What the service was called when it was put in, to say so when it is gone. */
  readonly serviceName: string;
  /** Exact name of one tool; null for the whole service. */
  readonly tool: string | null;
  /** Name of the one tool in this profile; null for its natural name. */
  readonly alias: string | null;
  /** Said of the one tool instead of the service's own words; null for those. */
  readonly description: string | null;
  /** Whether prompts and resources of the whole service come along. */
  readonly content: boolean;
  /** Tools of the whole service that stay out. */
  readonly except: readonly string[];
}

/** What people set of a profile. */
export interface ProfileContent {
  readonly slug: string;
  readonly displayName: Bilingual;
  readonly description: Bilingual;
  /** Told to clients and models at the start; empty for a text of ours. */
  readonly instructions: string;
  readonly mode: ProfileMode;
  readonly enabled: boolean;
  readonly items: readonly ProfileItem[];
}

/** A grant as the access decision reads it, and who made it when. */
export interface StoredProfileGrant extends PassageGrant {
  readonly createdBy: string | null;
  readonly createdAt: Date;
}

/** A curated set of tools with an endpoint and grants of its own. */
export interface ProfileDefinition extends ProfileContent {
  readonly id: string;
  readonly grants: readonly StoredProfileGrant[];
  readonly createdBy: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly version: number;
}
