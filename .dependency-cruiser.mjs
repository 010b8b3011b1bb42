/** The layers of the server, lowest first: a module may use the lines above its own, through their index.ts. */
const LAYERS = [
  ['platform'],
  ['auth'],
  ['audit', 'jobs', 'services', 'llm'],
  ['limits'],
  ['clients', 'sandbox'],
  ['tools', 'resources', 'prompts'],
  ['profiles'],
  ['gateway', 'chat'],
  ['console', 'declaration', 'demo', 'health', 'inspector', 'live', 'overview'],
];

/** Resources and prompts are calls too: they take the one path that tools owns. */
const SAME_LINE = { resources: ['tools'], prompts: ['tools'] };

const foundations = LAYERS.flatMap((layer, depth) =>
  layer.map((module) => {
    const forbidden = LAYERS.slice(depth)
      .flat()
      .filter((other) => other !== module && !(SAME_LINE[module] ?? []).includes(other));
    return {
      name: `${module}-knows-only-its-foundations`,
      severity: 'error',
      comment: `${module} may not know the modules that stand beside it or build on it. Publish an event, or export a port that they implement.`,
      from: { path: `^server/src/${module}/` },
      to: { path: `^server/src/(${forbidden.join('|')})/` },
    };
  }),
);

const OUR_MODULES = LAYERS.flat().join('|');

export default {
  forbidden: [
    ...foundations,
    {
      name: 'through-the-front-door',
      severity: 'error',
      comment: "Import another module through its index.ts: what is not exported there is that module's own business.",
      from: { path: `^server/src/(${OUR_MODULES})/`, pathNot: '\\.spec\\.ts$' },
      to: {
        path: `^server/src/(${OUR_MODULES})/`,
        // Events are merged into the bus's own declaration, which TypeScript wants by its file.
        pathNot: [
          '^server/src/$1/',
          `^server/src/(${OUR_MODULES})/index\\.ts$`,
          '^server/src/platform/events/event-bus\\.ts$',
        ],
      },
    },
    {
      name: 'contracts-depend-on-nothing',
      severity: 'error',
      comment: 'libs/contracts is read by server, console and widget: it may import nothing but itself.',
      from: { path: '^libs/contracts/', pathNot: '\\.spec\\.ts$' },
      to: { pathNot: '^libs/contracts/' },
    },
    {
      name: 'browser-never-reaches-the-server',
      severity: 'error',
      comment: 'Console and widget see the contracts and the API client only.',
      from: { path: '^(admin-ui|libs/(chat-widget|api-client))/' },
      to: { path: '^(server|migrations|libs/testing)/' },
    },
    {
      name: 'mcp-sdk-behind-its-two-doors',
      severity: 'error',
      comment:
        'Only clients (upstream) and gateway (downstream) speak MCP through the SDK; others use their types of ours.',
      from: { path: '^server/src/', pathNot: '^server/src/(clients|gateway|tools|resources|prompts)/' },
      to: { path: 'node_modules/@modelcontextprotocol/' },
    },
    {
      name: 'one-way-out',
      severity: 'error',
      comment: 'Outbound traffic goes through platform/egress, which checks the address that was connected to.',
      from: {
        path: '^server/src/',
        pathNot: ['^server/src/platform/(egress/|http/http-front\\.ts)', '\\.spec\\.ts$', '/spec/'],
      },
      to: {
        path: ['node_modules/undici/', '^https?$', '^node:https?$', '^node:tls$'],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'no-circles',
      severity: 'error',
      comment: 'A circle of imports means that neither file can be understood alone.',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-dangling-imports',
      severity: 'error',
      comment: 'The import does not resolve to anything.',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'declared-dependencies',
      severity: 'error',
      comment: 'Every package that is imported stands in package.json.',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^dist/', '^libs/api-client/src/schema\\.ts$'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.mts', '.js', '.mjs', '.json', '.d.ts'],
    },
  },
};
