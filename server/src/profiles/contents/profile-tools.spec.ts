import fc from 'fast-check';
import type { ToolView } from '../../tools/index.js';
import type { ProfileItem } from '../definition.js';
import { containsTool, toolsOfProfile, type ProfileTool } from './profile-tools.js';

const SERVICES = ['crm', 'wiki'];
const TOOLS = ['find', 'Find', 'drop', 'a.b', 'a_b'];

const toolOf = (slug: string, name: string): ToolView => ({
  serviceId: slug,
  serviceSlug: slug,
  serviceName: {},
  publicName: `${slug}__${name}`,
  hiddenCharacters: 0,
  isHeld: false,
  definition: { name, inputSchema: { type: 'object' } },
  policy: { class: 'unknown', approval: 'never', cache: null, idempotent: false },
});
const offered = (tools: readonly string[]) => (serviceId: string) => tools.map((name) => toolOf(serviceId, name));
const itemOf = (fields: Partial<ProfileItem>): ProfileItem => ({
  serviceId: 'crm',
  serviceName: 'crm',
  tool: null,
  alias: null,
  description: null,
  content: false,
  except: [],
  ...fields,
});
const namesOf = (tools: readonly ProfileTool[]): string[] => tools.map(({ name }) => name);

/** Aliases that people choose, some of them natural names of other tools. */
const alias = fc.constantFrom('crm__find', 'CRM__FIND', 'wiki__drop', 'find', 'x', 'crm__a_b', null);
const item = fc.oneof(
  fc.record({ serviceId: fc.constantFrom(...SERVICES), except: fc.subarray(TOOLS) }).map(itemOf),
  fc.record({ serviceId: fc.constantFrom(...SERVICES), tool: fc.constantFrom(...TOOLS), alias }).map(itemOf),
);
/** As `problemsOf` lets them through: no item and no alias twice. */
const items = fc
  .uniqueArray(item, { selector: ({ serviceId, tool }) => JSON.stringify([serviceId, tool]), maxLength: 8 })
  .map((list) => {
    const taken = new Set<string>();
    return list.filter((each) => {
      const folded = each.alias?.toLowerCase();
      const isFree = folded === undefined || !taken.has(folded);
      if (folded !== undefined && isFree) taken.add(folded);
      return isFree;
    });
  });

describe('the tools of a profile', () => {
  it('are those of its items, each once, under distinct and harmless names', () => {
    fc.assert(
      fc.property(items, fc.subarray(TOOLS), (list, tools) => {
        const result = toolsOfProfile(list, offered(tools));
        const expected = SERVICES.flatMap((slug) => tools.map((name) => [slug, name] as const)).filter(([slug, name]) =>
          containsTool(list, slug, name),
        );
        expect(result).toHaveLength(expected.length);
        expect(new Set(namesOf(result).map((name) => name.toLowerCase())).size).toBe(result.length);
        for (const name of namesOf(result)) expect(name).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
      }),
    );
  });

  it('keep the names that people gave them, whatever else services offer', () => {
    fc.assert(
      fc.property(items, fc.subarray(TOOLS), (list, tools) => {
        const byTool = new Map(
          toolsOfProfile(list, offered(tools)).map(({ name, tool }) => [tool.publicName, name] as const),
        );
        for (const { serviceId, tool, alias: given } of list) {
          const isOffered = tool !== null && tools.includes(tool);
          if (isOffered && given !== null) expect(byTool.get(`${serviceId}__${tool}`)).toBe(given);
        }
      }),
    );
  });

  it('have the same names in whichever order items and tools come', () => {
    fc.assert(
      fc.property(items, fc.subarray(TOOLS), (list, tools) => {
        const straight = toolsOfProfile(list, offered(tools));
        const reversed = toolsOfProfile(list.toReversed(), offered(tools.toReversed()));
        expect(reversed).toEqual(straight);
      }),
    );
  });

  it('make room for an alias that is the natural name of another', () => {
    const list = [itemOf({}), itemOf({ serviceId: 'wiki', tool: 'find', alias: 'crm__find' })];
    const result = toolsOfProfile(list, offered(['find']));
    expect(result.find(({ name }) => name === 'crm__find')?.tool.serviceId).toBe('wiki');
    expect(result.find(({ tool }) => tool.serviceId === 'crm')?.name).toMatch(/^crm__find_[0-9a-f]{8}$/);
  });

  it('leave out what the item of a service leaves out, and nothing of other services', () => {
    const list = [itemOf({ except: ['drop'] }), itemOf({ serviceId: 'wiki' })];
    expect(namesOf(toolsOfProfile(list, offered(['drop', 'find'])))).toEqual(['crm__find', 'wiki__drop', 'wiki__find']);
  });

  it('say what the profile says of them', () => {
    const list = [itemOf({ tool: 'find', description: 'Finds customers.' }), itemOf({})];
    const [drop, find] = toolsOfProfile(list, offered(['find', 'drop']));
    expect([drop?.description, find?.description]).toEqual([undefined, 'Finds customers.']);
  });
});
