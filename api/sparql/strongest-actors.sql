-- Actors of the name index with the number of facts that name each, most first.
SELECT iri, kind, ar, en, degree FROM actor WHERE :kind IS NULL OR kind = :kind
ORDER BY degree DESC, weight DESC, iri LIMIT :limit OFFSET :offset
