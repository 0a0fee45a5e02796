// Before the first paint: the reader's language, direction and colours, so that nothing turns around afterwards.
(() => {
  const root = document.documentElement;
  const kept = (name) => {
    try { return localStorage.getItem(name); } catch { return null; }
  };
  const asked = new URLSearchParams(location.search).get("lang") ?? kept("language");
  const language = asked === "en" ? "en" : "ar";
  root.lang = language;
  root.dir = language === "ar" ? "rtl" : "ltr";
  const theme = kept("theme");
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
})();
