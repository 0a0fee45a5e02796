-- Actors of the name index with the number of facts that name each, sorted; those without a name to sort by come last.
SELECT iri, kind, ar, en, degree FROM actor WHERE :kind IS NULL OR kind = :kind
ORDER BY
  CASE WHEN :sort IN ('ar', '-ar') THEN ar IS NULL WHEN :sort IN ('en', '-en') THEN en IS NULL END,
  CASE :sort WHEN 'ar' THEN ar WHEN 'en' THEN en END,
  CASE :sort WHEN '-ar' THEN ar WHEN '-en' THEN en END DESC,
  CASE :sort WHEN 'facts' THEN degree ELSE -degree END,
  weight DESC,
  iri
LIMIT :limit OFFSET :offset
