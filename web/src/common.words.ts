// Words that more than one view uses.
import { speak } from "./language";

export const say = speak({
  ar: {
    name: "روابط", subtitle: "من فعل ماذا، ومع من، ومن قال ذلك", skip: "إلى المحتوى", home: "الرئيسية",
    switchLanguage: "English", switchLanguageLong: "Switch to English", theme: "تبديل الألوان الفاتحة والداكنة", menu: "الأقسام",
    footer: "كل حقيقة هنا قرأها برنامج من جملة في مقال، وقد تخطئ القراءة: ارجع إلى الجملة قبل أن تستشهد بها.",
    api: "الواجهة البرمجية", loading: "يجري التحميل…", slow: "الجواب يتأخر أكثر من المعتاد…",
    failed: "تعذّر الجواب", again: "أعد المحاولة", unreachable: "لا يجيب الخادم. تحقق من أنه يعمل ثم أعد المحاولة.",
    notThere: "لا شيء بهذا العنوان", more: "المزيد", close: "إغلاق", facts: "حقائق", documents: "وثائق",
    Person: "شخص", Country: "دولة", Organization: "منظمة", Place: "مكان", Weapon: "سلاح", Agreement: "اتفاق", Event: "حدث",
    actual: "حدث", planned: "مزمع", possible: "محتمل", denied: "منفي", refused: "قراءة مرفوضة",
    search: "ابحث عن فاعل", searchHint: "شخص أو دولة أو منظمة…", nobody: "لا أحد بهذا الاسم", allResults: "كل النتائج",
    results: "نتائج البحث", untitled: "بلا عنوان", undated: "بلا تاريخ", unknownView: "لا توجد صفحة بهذا العنوان.",
    control: "علامة اتجاه مخفية في النص",
  },
  en: {
    name: "Rawabit", subtitle: "Who did what, with whom, and who says so", skip: "To the content", home: "Home",
    switchLanguage: "العربية", switchLanguageLong: "التبديل إلى العربية", theme: "Switch between light and dark", menu: "Sections",
    footer: "Every fact here was read by a program from a sentence of an article, and may be misread: see the sentence before you cite it.",
    api: "API", loading: "Loading…", slow: "The answer takes longer than usual…",
    failed: "There is no answer", again: "Try again", unreachable: "The server does not answer. See that it is running, then try again.",
    notThere: "There is nothing at this address", more: "More", close: "Close", facts: "facts", documents: "documents",
    Person: "Person", Country: "State", Organization: "Organisation", Place: "Place", Weapon: "Weapon", Agreement: "Agreement", Event: "Event",
    actual: "happened", planned: "planned", possible: "possible", denied: "denied", refused: "misread",
    search: "Search for an actor", searchHint: "A person, a state, an organisation…", nobody: "Nobody of that name", allResults: "All results",
    results: "Search results", untitled: "Untitled", undated: "Undated", unknownView: "There is no such view.",
    control: "a hidden mark of direction in the text",
  },
});
