// Runs before the first paint, so that a chosen theme never flashes the other one.
(() => {
  try {
    const theme = localStorage.getItem('barometer.theme');
    if (theme === 'light' || theme === 'dark') {
      document.documentElement.dataset.theme = theme;
      for (const meta of document.querySelectorAll('meta[name="theme-color"]')) meta.media = meta.dataset.theme === theme ? 'all' : 'not all';
    }
  } catch {
    // If the page may not use storage, the system's theme applies.
  }
})();
