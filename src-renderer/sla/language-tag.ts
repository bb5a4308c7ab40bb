// uPlot makes a number format of the browser's language when it is loaded, and a browser started with the locale "C"
// names one that no format takes (`en-US@posix`). Imported before uPlot, this makes it a tag that is valid.

function isValid(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length > 0;
  } catch {
    return false;
  }
}

if (!isValid(navigator.language)) {
  Object.defineProperty(navigator, 'language', { value: navigator.language.replace(/@.*$/, ''), configurable: true });
}
