// Fails when what a browser loads first is heavier than we promise. Sizes are gzip -9, in kilobytes of 1,000 bytes.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const BARS = { script: 190, style: 80, widget: 45, apps: 130 };

const root = 'dist/admin-ui';
const page = readFileSync(join(root, 'index.html'), 'utf8');
const loaded = (pattern) => [...new Set([...page.matchAll(pattern)].map((match) => match[1]))];
const weigh = (files) => files.reduce((sum, file) => sum + gzipSync(readFileSync(file), { level: 9 }).length, 0) / 1000;

const scripts = loaded(/(?:src|href)="([\w.-]+\.js)"/g);
const styles = loaded(/href="([\w.-]+\.css)"/g);
// theme.js adds the component sheet of one theme before the first paint; the heavier one counts.
const themes = ['zorro-light.css', 'zorro-dark.css'].map((file) => weigh([join(root, file)]));
const weights = {
  script: weigh(scripts.map((file) => join(root, file))),
  style: weigh(styles.map((file) => join(root, file))) + Math.max(...themes),
  widget: weigh(['dist/widget/chat.js']),
  // Loaded with the first call that has an app.
  apps: weigh(['dist/widget/apps.js']),
};

let failed = scripts.length === 0 || styles.length === 0;
for (const [name, bar] of Object.entries(BARS)) {
  const weight = weights[name];
  const ok = weight > 0 && weight <= bar;
  failed ||= !ok;
  console.log(`${ok ? 'ok  ' : 'OVER'} ${name.padEnd(7)} ${weight.toFixed(1)} KB of ${bar} KB`);
}
process.exitCode = failed ? 1 : 0;
