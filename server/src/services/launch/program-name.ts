/** What a program is called, wherever it lies and however its file ends: `/opt/npm/bin/npx-cli.js` → `npx`. */
export function programName(path: string): string {
  const file = path.split(/[\\/]/).at(-1) ?? '';
  const bare = file.toLowerCase().replace(/\.(?:[cm]?js|py|cmd|bat|exe|ps1)$/, '');
  // Several versions side by side: `yarn-4.1.0.cjs`, `python3.12`.
  return bare.replace(/-cli$/, '').replace(/[-@]?v?\d[\d.]*$/, '');
}
