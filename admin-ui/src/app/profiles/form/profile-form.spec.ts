import type { Profile } from '@gatehouse/api-client';
import { EMPTY_PROFILE, changeOf, draftOf, formOf, isSlug, newItem } from './profile-form';

const profile: Profile = {
  id: 'p1',
  slug: 'support',
  displayName: { zh: '客服' },
  description: {},
  instructions: 'Be kind.',
  mode: 'search',
  enabled: true,
  endpoint: '/mcp/p/support',
  tools: 3,
  items: [
    {
      serviceId: 's1',
      serviceSlug: 'crm',
      serviceName: 'crm',
      tool: 'find',
      alias: 'who',
      description: null,
      content: false,
      except: [],
      missing: null,
      tools: 1,
    },
    {
      serviceId: 's2',
      serviceSlug: null,
      serviceName: 'gone',
      tool: null,
      alias: null,
      description: null,
      content: true,
      except: ['drop'],
      missing: 'service',
      tools: 0,
    },
  ],
  accessControl: {
    grants: [
      {
        id: 'g1',
        subject: { kind: 'everyone', id: null, name: '' },
        effect: 'allow',
        createdBy: null,
        createdAt: '2026-01-01T00:00:00Z',
      },
    ],
  },
  createdBy: null,
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
  version: 4,
  can: { edit: true, delete: true },
};

describe('the form of a profile', () => {
  it('gives back what it was given', () =>
    expect(changeOf(formOf(profile), profile)).toEqual({
      slug: 'support',
      displayName: { zh: '客服' },
      description: {},
      instructions: 'Be kind.',
      mode: 'search',
      enabled: true,
      items: [
        { serviceId: 's1', tool: 'find', alias: 'who' },
        { serviceId: 's2', content: true, except: ['drop'] },
      ],
      accessControl: { grants: [{ subject: { kind: 'everyone' }, effect: 'allow' }] },
      version: 4,
    }));

  it('sends no spaces around names, and no empty ones', () => {
    const item = { ...newItem({ id: 's1', name: 'crm' }, 'find'), alias: ' who ', description: ' ' };
    const draft = draftOf({ ...EMPTY_PROFILE, slug: 'x', nameEn: ' Support ', items: [item] });
    expect(draft.displayName).toEqual({ en: 'Support' });
    expect(draft.items).toEqual([{ serviceId: 's1', tool: 'find', alias: 'who' }]);
  });

  it('leaves grants alone that one may not see', () => {
    const { accessControl: _, ...hidden } = profile;
    expect(changeOf(formOf(hidden), hidden)).not.toHaveProperty('accessControl');
  });

  it('knows a short name', () => {
    expect(['a', 'team-2', 'x'.repeat(32)].every(isSlug)).toBe(true);
    expect(['', '-a', 'A', 'a b', 'x'.repeat(33)].some(isSlug)).toBe(false);
  });
});
