"""Makes of articles what a store keeps of them: Document -> Extraction -> quads -> SHACL, or the reason why not.

It is pure and knows no store: the same article gives the same quads in whatever process it is read. `IntakeSetup` is
small and can be pickled, so that other processes can load an `Intake` of their own and give `read_batch` documents.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from pkgutil import resolve_name

from .config import Settings
from .errors import BudgetError, RawabitError, SettingsError, ValidationError
from .extract.base import Extractor
from .model import Document, Extraction, Refusal
from .morphology.camel import measure_data
from .rdf.encode import EncodedDocument, encode_extraction
from .rdf.named import NamesOf, read_names
from .rdf.namespaces import Namespaces
from .rdf.packed import Rules, StorableDocument, pack_document
from .rdf.validate import Shapes, check_with_pyshacl
from .rdf.vocabulary import Vocabulary
from .resources import data_folder, package_folder

SHOWN_COMPLAINTS = 3
_READING_ROOMS = ("lang", "text", "morphology", "extract", "resolve", "rdf")


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A document as it will be stored, with who is named in it; `facts` counts its facts by relation, `path` and `line`
    say whence it came."""

    encoded: StorableDocument
    facts: Mapping[str, int]
    names: NamesOf
    path: str | None = None
    line: int | None = None

    def refuse(self, reason: str) -> Refusal:
        """Return that the document cannot be stored after all, and why."""
        return Refusal(self.path or self.encoded.id, reason, self.line)


@dataclass(frozen=True, slots=True)
class Intake:
    """All that makes of an article what is stored of it; `reading` is the hash of what decides how it is read."""

    reader: Extractor
    namespaces: Namespaces
    vocabulary: Vocabulary
    shapes: Shapes
    reading: str
    rules: Rules

    @classmethod
    def load(cls, settings: Settings, reader: Extractor, namespaces: Namespaces) -> Intake:
        """Load vocabulary and shapes."""
        vocabulary = Vocabulary.load()
        return cls(reader, namespaces, vocabulary, Shapes.load(), hash_reading(settings), Rules.of(vocabulary))

    def hash(self, document: Document) -> str:
        """Return the content hash under which a document is stored."""
        return hash_document(document, self.reading)

    def read(self, document: Document) -> tuple[EncodedDocument, Extraction]:
        """Read a document; raise ValidationError where what was read does not conform, RawabitError where reading
        fails otherwise."""
        try:
            extraction = self.reader.read(document)
            encoded = encode_extraction(
                extraction,
                namespaces=self.namespaces,
                vocabulary=self.vocabulary,
                content_hash=self.hash(document),
                beside_known=True,
            )
        except RawabitError:
            raise
        except Exception as error:
            raise RawabitError(f"reading failed with {type(error).__name__}: {error}: please report it.") from error
        complaints = self.shapes.check(encoded)
        if complaints:
            raise ValidationError(describe_complaints(complaints))
        return encoded, extraction

    def take(self, document: Document, *, thoroughly: bool = False) -> ReadDocument | Refusal:
        """Read a document, or say why it is refused; `thoroughly` asks pySHACL, too, which takes 40 times as long.

        Raise BudgetError or SettingsError where no further article can be read.
        """
        try:
            encoded, extraction = self.read(document)
            complaints = check_with_pyshacl([encoded]) if thoroughly else ()
            if complaints:
                raise ValidationError(describe_complaints(complaints))
            packed = pack_document(encoded, self.rules)
        except (BudgetError, SettingsError):  # these hold for all articles
            raise
        except RawabitError as error:  # a fault in reading one article must not cost all others
            return Refusal(document.path or document.id, str(error), document.line)
        facts = Counter(fact.predicate for fact in extraction.facts)
        return ReadDocument(packed, dict(facts), read_names(encoded.triples), document.path, document.line)


@dataclass(frozen=True, slots=True)
class IntakeSetup:
    """What a process has to know to read as all others do; it can be pickled.

    `loader` names what makes the reader of the settings, as "module:name".
    """

    settings: Settings
    base_iri: str
    loader: str = "graph.pipeline:Reader.load"

    def load(self) -> Intake:
        """Load the reader with all that it needs, which takes seconds and 100 MB; raise LanguageDataError."""
        reader: Extractor = resolve_name(self.loader)(self.settings)
        return Intake.load(self.settings, reader, Namespaces(self.base_iri))


def read_batch(intake: Intake, documents: Iterable[Document]) -> list[ReadDocument | Refusal]:
    """Read documents one by one; what becomes of each stands in the place of its document."""
    return [intake.take(document) for document in documents]


def hash_reading(settings: Settings) -> str:
    """Return a hash of all that decides how an article is read: rules, language data and seeds.

    It is part of each document's content hash: with a better reader the same article is read anew.
    """
    digest = hashlib.sha256()
    homes = [package_folder(room) for room in _READING_ROOMS] + [data_folder("seeds")]
    if settings.seeds is not None:
        homes.append(settings.seeds)
    suffixes = ["py", "yaml", "csv", "json"]
    if settings.reader != "grammar":
        homes.append(package_folder("readers"))
        suffixes += ["txt", "safetensors"]
    files = {path for home in homes for suffix in suffixes for path in home.rglob(f"*.{suffix}")}
    for path in sorted({*files, Path(__file__).with_name("pipeline.py"), Path(__file__).with_name("model.py")}):
        if path.is_file():
            digest.update(f"{path.name}\0".encode())
            digest.update(path.read_bytes())
    if settings.reader != "grammar":
        model = settings.language_model.model if settings.language_model else ""
        digest.update(f"{settings.reader}\0{model}".encode())
    if settings.reader == "camel":
        digest.update(repr(measure_data(settings)).encode())
    return digest.hexdigest()


def hash_document(document: Document, reading: str) -> str:
    """Return the content hash of a document under a way of reading."""
    about = (document.title, document.published, document.source, document.url, document.author, document.language)
    said = "\x1f".join("\x00" if value is None else value for value in (document.text, *about))
    return hashlib.sha256(f"{reading}\x1f{said}".encode("utf-8", "surrogatepass")).hexdigest()


def describe_complaints(complaints: tuple[str, ...]) -> str:
    """Say in one line what does not conform, and to what."""
    shown = "; ".join(complaints[:SHOWN_COMPLAINTS])
    more = len(complaints) - SHOWN_COMPLAINTS
    return f"does not conform to ontology/shapes.ttl: {shown}" + (f"; and {more} more." if more > 0 else ".")
