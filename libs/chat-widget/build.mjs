import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';

import { minify } from '@swc/core';
import { build, transform } from 'esbuild';

/** What a page may be charged for the widget, compressed, libraries included. */
const MAX_GZIP_BYTES = 45_000;
/** What shows MCP Apps, charged only to pages on which one is shown; most of it is the official bridge. */
const MAX_APPS_GZIP_BYTES = 130_000;

const here = fileURLToPath(new URL('.', import.meta.url));
const { values } = parseArgs({ options: { outfile: { type: 'string', default: `${here}../../dist/widget/chat.js` } } });

/** Templates keep their line breaks through minifying; in HTML and CSS the indentation of our source means nothing. */
const slimTemplates = {
  name: 'slim-templates',
  setup({ onLoad }) {
    onLoad({ filter: /chat-widget[\\/]src[\\/].*\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const contents = path.endsWith('styles.ts') ? await slimStyles(source) : await slimMarkup(source);
      return { contents, loader: 'ts' };
    });
  },
};

async function slimStyles(source) {
  const [whole, sheet] = /css`([^`]*)`/.exec(source);
  const { code } = await transform(sheet, { loader: 'css', minify: true, charset: 'utf8' });
  return source.replace(whole, () => `css\`${code.trim()}\``);
}

/** Comments go first, for only then does every indented line lie inside a template. */
async function slimMarkup(source) {
  const tsconfigRaw = {
    compilerOptions: { target: 'ES2022', useDefineForClassFields: false, verbatimModuleSyntax: false },
  };
  const { code } = await transform(source, { loader: 'ts', minifyWhitespace: true, charset: 'utf8', tsconfigRaw });
  return code.replace(/\n\s+/g, ' ');
}

/**
 * Of marked we use the lexer alone, but its module ends by making a default parser and renderer, which keeps them all in
 * the bundle. Without that end they fall away by themselves. So do the rules of the first
 * Markdown ("pedantic") and the places for extensions, once it is plain that they are never asked for.
 */
const lexerOfMarked = {
  name: 'lexer-of-marked',
  setup({ onLoad }) {
    onLoad({ filter: /marked\.esm\.js$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const lexer = /\b(\w+) as Lexer\b/.exec(source)?.[1];
      const end = source.search(/;var \w+=new \w+;function \w+\(\w+,\w+\)\{return \w+\.parse\(/);
      const rules = source.match(/(?<=gfm:\w+,(?:breaks:\w+,)?)pedantic:\w+/g);
      if (!lexer || end < 0 || rules?.length !== 2)
        throw new Error('marked is built differently now: look at its rules and its end, and adapt this plugin.');
      const slim = source
        .slice(0, end)
        .replaceAll('this.options.pedantic', 'false')
        .replaceAll('this.options.extensions', 'undefined')
        .replace(rules[0], '')
        .replace(rules[1], '');
      return { contents: `${slim};export{${lexer} as Lexer};` };
    });
  },
};

/** Lit greets polyfills for browsers without shadow DOM and counts its own copies; no browser that runs the rest needs either. */
const HOOKS_OF_LIT =
  /\(\w\.\w+Versions\?\?=\[\]\)\.push\([^)]*\)|\w\.\w+HydrateSupport\?\.\([^)]*\)|\w\.\w+PolyfillSupport\b|\w\?\.\(\{ReactiveElement:\w\}\)/g;
const bareLit = {
  name: 'bare-lit',
  setup({ onLoad }) {
    onLoad({ filter: /(reactive-element|lit-html|lit-element)\.js$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const contents = source.replace(HOOKS_OF_LIT, 'void 0');
      if (contents === source)
        throw new Error('Lit is built differently now: look at the end of its modules, and adapt this plugin.');
      return { contents };
    });
  },
};

const bundle = await build({
  entryPoints: [`${here}src/embed.ts`],
  write: false,
  bundle: true,
  minify: true,
  format: 'iife',
  target: 'es2022',
  charset: 'utf8',
  legalComments: 'none',
  tsconfig: `${here}tsconfig.json`,
  plugins: [slimTemplates, lexerOfMarked, bareLit],
});

// A second minifier finds another 3 % in what the first one leaves.
const { code } = await minify(bundle.outputFiles[0].text, {
  compress: { passes: 3 },
  mangle: true,
  module: false,
  ecma: 2022,
  format: { ecma: 2022, comments: false },
});
await mkdir(dirname(values.outfile), { recursive: true });
await writeFile(values.outfile, code);

/** Nobody reads the messages of a validator here, in any of fifty languages. */
const oneLanguageOfZod = {
  name: 'one-language-of-zod',
  setup({ onLoad }) {
    onLoad({ filter: /zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({
      contents: "export { default as en } from './en.js';",
    }));
  },
};

// What shows apps comes with the first call that has one.
await build({
  entryPoints: [`${here}src/apps/apps.ts`],
  outfile: join(dirname(values.outfile), 'apps.js'),
  bundle: true,
  minify: true,
  format: 'esm',
  platform: 'browser',
  target: 'es2022',
  charset: 'utf8',
  legalComments: 'none',
  tsconfig: `${here}tsconfig.json`,
  plugins: [oneLanguageOfZod],
});

weigh('chat.js', gzipSync(code, { level: 9 }).length, MAX_GZIP_BYTES);
weigh(
  'apps.js',
  gzipSync(await readFile(join(dirname(values.outfile), 'apps.js')), { level: 9 }).length,
  MAX_APPS_GZIP_BYTES,
);

function weigh(file, bytes, most) {
  console.log(`${file}: ${bytes} bytes gzip of ${most}`);
  if (bytes <= most) return;
  console.error('The widget is over its size bar: take something out before you put something in.');
  process.exitCode = 1;
}
