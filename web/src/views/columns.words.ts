// What the columns and parameters of named queries are called; one that has no word here is called as in its query.
import { current } from "../language";

const NAMES: Readonly<Record<string, readonly [ar: string, en: string]>> = {
  actor: ["الفاعل", "actor"], other: ["الآخر", "the other"], partner: ["الشريك", "partner"], subject: ["من", "who"], object: ["من/ماذا", "whom"],
  relation: ["العلاقة", "relation"], predicate: ["العلاقة", "relation"], status: ["هل حدث؟", "status"], date: ["التاريخ", "date"], day: ["اليوم", "day"], month: ["الشهر", "month"], year: ["السنة", "year"],
  since: ["منذ", "since"], until: ["حتى", "until"], first: ["أول مرة", "first"], last: ["آخر مرة", "last"], from: ["من", "from"], to: ["إلى", "to"],
  facts: ["حقائق", "facts"], reports: ["تقارير", "reports"], documents: ["وثائق", "documents"], document: ["الوثيقة", "document"], count: ["العدد", "count"], weight: ["الوزن", "weight"],
  friendly: ["ودّي", "friendly"], hostile: ["عدائي", "hostile"], aid: ["مساعدات", "aid"], item: ["ماذا", "what"], quantity: ["كم", "how much"], amount: ["المبلغ", "amount"], value: ["القيمة", "value"], unit: ["الوحدة", "unit"],
  source: ["الوسيلة", "outlet"], outlet: ["الوسيلة", "outlet"], outlets: ["وسائل", "outlets"], sentence: ["الجملة", "sentence"], evidence: ["الجملة", "sentence"], title: ["العنوان", "title"], published: ["النشر", "published"],
  role: ["الصفة", "as"], office: ["المنصب", "office"], person: ["الشخص", "person"], country: ["الدولة", "state"], body: ["الهيئة", "body"], place: ["المكان", "place"], fact: ["الحقيقة", "fact"], event: ["الحدث", "event"],
  giver: ["المانح", "giver"], receiver: ["المتلقي", "receiver"], recipient: ["المتلقي", "recipient"], supplier: ["المورّد", "supplier"], weapon: ["السلاح", "weapon"], language: ["لغة الأسماء", "language of names"], limit: ["كم صفًا", "rows"],
  attributed_to: ["بحسب", "according to"], claimed_by: ["بحسب", "according to"], confidence: ["الثقة", "confidence"], kind: ["النوع", "kind"], name: ["الاسم", "name"], family: ["نوع العلاقة", "family"], text: ["النص", "text"],
};

export function nameOf(column: string): string {
  const known = NAMES[column];
  return known ? known[current() === "ar" ? 0 : 1] : column.replaceAll("_", " ");
}
