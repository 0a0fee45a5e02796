"""Everything that Rawabit raises on purpose.

RawabitError                 exit code 1 of the command line
├── SettingsError            a setting or an option is unusable (2)
├── LanguageDataError        graph/lang/*.yaml or seeds/*.csv is wrong (1)
├── SourceError              an input file or line cannot be read (3)
├── StoreError               the store cannot be used (4)
│   ├── StoreLockedError     another process writes to it
│   ├── StoreVersionError    it was made by another version
│   └── EndpointError        a SPARQL endpoint cannot be reached, or answers what cannot be used
│       └── EndpointTimeoutError  it did not answer in time
├── ReaderError              a reader can make nothing of an article (1)
├── BudgetError              what a run may cost is spent (9)
├── ValidationError          quads do not conform to the SHACL shapes (5)
├── QueryError               a query or its parameters are wrong (6)
│   └── UnknownQueryError    no such query in the catalogue
├── ExportError              an export cannot be written (7)
└── NotFoundError            no such actor, fact or document (8)
"""


class RawabitError(Exception):
    """Root of all errors raised on purpose; `exit_code` is what the command line ends with."""

    exit_code = 1


class SettingsError(RawabitError):
    """A setting or option is unusable."""

    exit_code = 2


class LanguageDataError(RawabitError):
    """A file of language data or seeds is wrong."""


class SourceError(RawabitError):
    """An input file or one line of it cannot be read."""

    exit_code = 3


class StoreError(RawabitError):
    """The store cannot be opened, read or written."""

    exit_code = 4


class StoreLockedError(StoreError):
    """Another process has the store open for writing."""


class StoreVersionError(StoreError):
    """The store was made by another version of Rawabit."""


class ReaderError(RawabitError):
    """A reader can make nothing of an article."""


class BudgetError(RawabitError):
    """What a run may cost is spent; the same command goes on where it ended."""

    exit_code = 9


class EndpointError(StoreError):
    """A SPARQL endpoint cannot be reached, refuses, or answers what cannot be used."""


class EndpointTimeoutError(EndpointError):
    """A SPARQL endpoint did not answer in time."""


class ValidationError(RawabitError):
    """Quads do not conform to the SHACL shapes."""

    exit_code = 5


class QueryError(RawabitError):
    """A query is malformed, or a parameter does not fit its type."""

    exit_code = 6


class UnknownQueryError(QueryError):
    """No query of that name is in the catalogue."""


class ExportError(RawabitError):
    """An export format is unknown or its file cannot be written."""

    exit_code = 7


class NotFoundError(RawabitError):
    """No such actor, fact or document is in the store."""

    exit_code = 8
