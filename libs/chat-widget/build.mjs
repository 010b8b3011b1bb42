import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';

import { build, transform } from 'esbuild';

/** What a page may be charged for the widget, compressed, libraries included. */
const MAX_GZIP_BYTES = 45 * 1024;

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

await build({
  entryPoints: [`${here}src/embed.ts`],
  outfile: values.outfile,
  bundle: true,
  minify: true,
  format: 'iife',
  target: 'es2022',
  charset: 'utf8',
  legalComments: 'none',
  tsconfig: `${here}tsconfig.json`,
  plugins: [slimTemplates],
});

const size = gzipSync(await readFile(values.outfile), { level: 9 }).length;
console.log(`chat.js: ${size} bytes gzip of ${MAX_GZIP_BYTES}`);
if (size > MAX_GZIP_BYTES) {
  console.error('The widget is over its size bar: take something out before you put something in.');
  process.exitCode = 1;
}
