// The page's own words, in Arabic and English, and how numbers and dates are written in each.
const WORDS = {
  ar: {
    name: "روابط", subtitle: "رسم معرفي للأخبار العربية", headline: "من فعل ماذا، ومع من، ومن قال ذلك؟",
    skip: "إلى المحتوى", questions: "أسئلة", howToAsk: "كيف تسأل", searchLabel: "ابحث عن فاعل",
    searchHint: "شخص أو دولة أو منظمة…", tryThese: "جرّب:", nothingFound: "لا نتيجة بهذا الاسم",
    footer: "كل حقيقة هنا مقروءة آليًا من جملة في مقال، وقد تخطئ القراءة: ارجع إلى الجملة قبل أن تستشهد بها.",
    documents: "الوثائق", facts: "الحقائق", actors: "الفاعلون المعروفون", relations: "أنواع العلاقات", from: "من", to: "إلى",
    whatHappened: "ما حدث وما لم يحدث", byMonth: "الحقائق بحسب الشهر", topActors: "الأكثر ذكرًا",
    newest: "أحدث الحقائق", actual: "حدث", planned: "مزمع", possible: "محتمل", denied: "منفي",
    inContext: "في سياقها", claimedBy: "بحسب", more: "المزيد", back: "الرئيسية", error: "تعذّر الجواب",
    aliases: "أسماء أخرى", offices: "مناصب", strongest: "أوثق الصلات", itsFacts: "ما قيل عنه", none: "لا شيء بعد.",
    readIn: "حقائق هذه الوثيقة", run: "اسأل", rows: "صفًا", download: "نزّل", required: "لازم", parameters: "قيم السؤال",
    questionsNote: "أسئلة جاهزة، لكل منها عنوان في الواجهة البرمجية واسم في سطر الأوامر.",
    copy: "انسخ", curlNote: "من سطر الأوامر، جوابًا بصيغة JSON:", sparqlNote: "بلغة SPARQL، بصيغة CSV:",
    gephiNote: "شبكةً كاملة لبرنامج Gephi:", aroundNote: "شبكة ما حول فاعل واحد:", namedNote: "سؤالًا جاهزًا باسمه:",
    title: "عنوان", empty: "الرسم فارغ بعد: ابنِه بالأمر rawabit build ثم حدّث الصفحة.", loading: "…",
    Person: "شخص", Country: "دولة", Organization: "منظمة", Place: "مكان", Weapon: "سلاح", Agreement: "اتفاق",
    Event: "حدث", other: "English", switchTo: "Switch to English",
  },
  en: {
    name: "Rawabit", subtitle: "A knowledge graph of Arabic news", headline: "Who did what, to whom, and who says so?",
    skip: "To the content", questions: "Questions", howToAsk: "How to ask", searchLabel: "Search for an actor",
    searchHint: "A person, a state, an organisation…", tryThese: "Try:", nothingFound: "Nobody of that name",
    footer: "Every fact here was read by a program from a sentence of an article, and may be misread: see the sentence before you cite it.",
    documents: "documents", facts: "facts", actors: "known actors", relations: "kinds of relation", from: "from", to: "to",
    whatHappened: "What happened and what did not", byMonth: "Facts by month", topActors: "Named most",
    newest: "Newest facts", actual: "happened", planned: "planned", possible: "possible", denied: "denied",
    inContext: "in context", claimedBy: "according to", more: "More", back: "Home", error: "No answer",
    aliases: "Other names", offices: "Offices", strongest: "Strongest ties", itsFacts: "What is said", none: "Nothing yet.",
    readIn: "Facts of this document", run: "Ask", rows: "rows", download: "Download", required: "required", parameters: "Parameters",
    questionsNote: "Ready questions; each is a resource of the API and a name on the command line.",
    copy: "copy", curlNote: "From the command line, as JSON:", sparqlNote: "In SPARQL, as CSV:",
    gephiNote: "The whole network for Gephi:", aroundNote: "The network around one actor:", namedNote: "A ready question by its name:",
    title: "title", empty: "The graph is empty: build it with rawabit build, then reload.", loading: "…",
    Person: "person", Country: "state", Organization: "organisation", Place: "place", Weapon: "weapon",
    Agreement: "agreement", Event: "event", other: "العربية", switchTo: "التبديل إلى العربية",
  },
};

let language = stored() === "en" ? "en" : "ar";

function stored() {
  try { return localStorage.getItem("language"); } catch { return null; }
}

export const current = () => language;
export const word = (key) => WORDS[language][key] ?? key;
export const number = (value) => new Intl.NumberFormat(language === "ar" ? "ar-EG" : "en-GB").format(value);
export const label = (labels, fallback) => labels[language] ?? labels[language === "ar" ? "en" : "ar"] ?? fallback;

export function date(text) {
  if (!text) return "";
  const [year, month, day] = text.split("-").map(Number);
  if (!month) return text;
  const form = day ? { dateStyle: "long" } : { year: "numeric", month: "long" };
  const moment = new Date(Date.UTC(year, month - 1, day || 1));
  return new Intl.DateTimeFormat(language === "ar" ? "ar-EG" : "en-GB", { ...form, timeZone: "UTC" }).format(moment);
}

// Puts the words of the current language into everything that is marked with data-word.
export function applyWords() {
  document.documentElement.lang = language;
  document.documentElement.dir = language === "ar" ? "rtl" : "ltr";
  document.title = word("name");
  for (const node of document.querySelectorAll("[data-word]")) node.textContent = word(node.dataset.word);
  for (const node of document.querySelectorAll("[data-word-placeholder]")) node.placeholder = word(node.dataset.wordPlaceholder);
  const button = document.getElementById("language");
  button.textContent = word("other");
  button.lang = language === "ar" ? "en" : "ar";
  button.setAttribute("aria-label", word("switchTo"));
}

export function switchLanguage() {
  language = language === "ar" ? "en" : "ar";
  try { localStorage.setItem("language", language); } catch { /* private windows may refuse; the choice then lasts a page */ }
}
