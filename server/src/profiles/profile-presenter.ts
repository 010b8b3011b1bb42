import { Injectable } from '@nestjs/common';
import { holds, type Principal } from '../auth/index.js';
import { People, ServiceDirectory } from '../services/index.js';
import { ToolDirectory } from '../tools/index.js';
import { ProfileContents } from './contents/profile-contents.js';
import type { ProfileDefinition, ProfileItem as Item, StoredProfileGrant } from './definition.js';
import { ProfileVisibility } from './profile-visibility.js';
import type { Profile, ProfileGrant, ProfileItem } from './profile.dto.js';

/** Shows a profile as its reader may see it. */
@Injectable()
export class ProfilePresenter {
  constructor(
    private readonly visibility: ProfileVisibility,
    private readonly contents: ProfileContents,
    private readonly services: ServiceDirectory,
    private readonly tools: ToolDirectory,
    private readonly people: People,
  ) {}

  present(profile: ProfileDefinition, reader: Principal): Profile {
    const seesInside = this.visibility.seesInside(reader, profile);
    const { slug } = profile;
    const mayChange = holds(reader, 'grants:write') && reader.serviceIds === null;
    return {
      id: profile.id,
      slug,
      displayName: profile.displayName,
      description: profile.description,
      mode: profile.mode,
      enabled: profile.enabled,
      endpoint: `/mcp/p/${slug}`,
      tools: (seesInside ? this.contents.tools(slug) : this.contents.toolsFor(reader, slug)).length,
      createdBy: this.people.emailOf(profile.createdBy),
      createdAt: profile.createdAt,
      updatedAt: profile.updatedAt,
      version: profile.version,
      can: { edit: mayChange, delete: mayChange },
      ...(seesInside && {
        instructions: profile.instructions,
        items: profile.items.map((item) => this.itemOf(item)),
      }),
      ...(seesInside &&
        holds(reader, 'grants:read') && { accessControl: { grants: profile.grants.map(this.grantOf) } }),
    };
  }

  private itemOf(item: Item): ProfileItem {
    const service = this.services.find(item.serviceId);
    const offered = this.tools.of(item.serviceId).map(({ definition }) => definition.name);
    const tools = offered.filter((name) => (item.tool === null ? !item.except.includes(name) : item.tool === name));
    const isToolMissing = item.tool !== null && tools.length === 0;
    return {
      ...item,
      serviceSlug: service?.slug ?? null,
      serviceName: service?.name ?? item.serviceName,
      except: [...item.except],
      missing: service ? (isToolMissing ? 'tool' : null) : 'service',
      tools: tools.length,
    };
  }

  private readonly grantOf = ({ id, subject, effect, createdBy, createdAt }: StoredProfileGrant): ProfileGrant => ({
    id,
    subject: {
      kind: subject.kind,
      id: subject.kind === 'everyone' ? null : subject.id,
      name: this.people.nameOf(subject) ?? '',
    },
    effect,
    createdBy: this.people.emailOf(createdBy),
    createdAt,
  });
}
