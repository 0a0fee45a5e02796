-- Actors of the name index with the number of facts that name each, most first: they are numbered in that order.
SELECT iri, kind, ar, en, degree FROM actor WHERE :kind IS NULL OR kind = :kind ORDER BY id LIMIT :limit OFFSET :offset
