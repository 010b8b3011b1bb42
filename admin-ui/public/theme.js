// Runs before the first paint: picks the theme and starts loading its component sheet, so that nothing flashes.
(() => {
  let wanted = 'auto';
  try {
    wanted = localStorage.getItem('gatehouse.theme') ?? 'auto';
  } catch {
    // Storage is blocked: follow the system.
  }
  const dark = wanted === 'dark' || (wanted !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  const theme = dark ? 'dark' : 'light';
  document.documentElement.dataset.theme = theme;
  const sheet = document.createElement('link');
  sheet.id = 'component-theme';
  sheet.rel = 'stylesheet';
  sheet.href = `zorro-${theme}.css`;
  document.head.append(sheet);
})();
