// Sets the kept theme before the first paint, so that a dark window never flashes white. It is a plain script of its
// own because the content security policy allows no inline one. Its rules are those of state/theme.ts.
(() => {
  let kept = null;
  try {
    kept = localStorage.getItem('landfall.theme');
  } catch {
    // No storage (a private window): the system's choice holds.
  }
  const dark = kept === 'dark' || (kept !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
})();
